"""What is said of a cluster that cannot be reached or written."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "cluster_address": (
        "集群地址不能是“{url}”",
        '"{url}" is no address of a cluster',
    ),
    "cluster_address_hint": (
        "写法如 https://search.example.org:9200/gongkai；几个节点用逗号隔开。用户名和密码放在 GONGKAI_CLUSTER_USER、"
        "GONGKAI_CLUSTER_PASSWORD。",
        "Write it as in https://search.example.org:9200/gongkai, several nodes with commas between them. User and "
        "password are best in GONGKAI_CLUSTER_USER and GONGKAI_CLUSTER_PASSWORD.",
    ),
    "cluster_ca_missing": (
        "没有证书文件 {path}",
        "There is no file of certificates {path}",
    ),
    "cluster_no_answer": (
        "集群 {url} 没有回应：{error}",
        "The cluster {url} does not answer: {error}",
    ),
    "cluster_no_answer_hint": (
        "请检查地址，以及集群是否在运行；试用的集群用 make cluster 启动。",
        "Check the address, and whether the cluster runs; make cluster starts one to try.",
    ),
    "cluster_certificate": (
        "集群 {url} 的证书不可信：{error}",
        "The certificate of the cluster {url} is not trusted: {error}",
    ),
    "cluster_certificate_hint": (
        "证书若由自己的机构签发，请用 --cluster-ca 指明可信证书的文件（PEM）。",
        "Where it is of an authority of your own, name the file of its certificate (PEM) with --cluster-ca.",
    ),
    "cluster_forbidden": (
        "集群 {url} 不接受这个用户，或不许它这样做",
        "The cluster {url} does not know this user, or does not let it do this",
    ),
    "cluster_forbidden_hint": (
        "请检查 GONGKAI_CLUSTER_USER 和 GONGKAI_CLUSTER_PASSWORD，以及用户在集群里的权限。",
        "Check GONGKAI_CLUSTER_USER and GONGKAI_CLUSTER_PASSWORD, and what the cluster lets that user do.",
    ),
    "cluster_refused": (
        "集群 {url} 拒绝了请求（{status}）：{error}",
        "The cluster {url} refused a request ({status}): {error}",
    ),
    "cluster_refused_hint": (
        "请看集群的日志；节点刚停过的话，请稍后再试。",
        "See the cluster's log; where a node has just stopped, try again a little later.",
    ),
    "cluster_no_index": (
        "集群 {url} 里没有索引",
        "There is no index in the cluster {url}",
    ),
    "cluster_no_index_hint": (
        "请先运行 gongkai index 资料文件夹 --cluster 地址。",
        "First run: gongkai index CORPUS --cluster URL",
    ),
    "cluster_of_other_version": (
        "集群 {url} 里的索引是另一个版本建立的（{differing}）",
        "The index in the cluster {url} was built by another version ({differing})",
    ),
    "cluster_other_version_hint": (
        "请运行 gongkai index 资料文件夹 --cluster 地址 重建索引。",
        "To rebuild it, run: gongkai index CORPUS --cluster URL",
    ),
    "cluster_name_taken": (
        "集群 {url} 里已有别的索引叫 {name}",
        "The cluster {url} has another index of the name {name}",
    ),
    "cluster_name_taken_hint": (
        "请在地址末尾写另一个名称，如 https://search.example.org:9200/reports。",
        "Write another name at the end of the address, as in https://search.example.org:9200/reports.",
    ),
    "cluster_locked": (
        "集群 {url} 里的索引正由另一个 gongkai index 写入（{host}，进程 {pid}）",
        "Another gongkai index is writing the index in the cluster {url} ({host}, process {pid})",
    ),
    "cluster_lock_lost": (
        "另一个 gongkai index 接手了集群 {url} 的写入；索引没有切换",
        "Another gongkai index has taken over the writing of the cluster {url}; readers see what they saw before",
    ),
    "cluster_locked_hint": (
        "请等它结束后再运行；同一索引一次只能有一个写入者。",
        "Run this once it has ended; only one process can write an index at a time.",
    ),
    "cluster_item_refused": (
        "集群 {url} 不收 {source}（{status}）：{error}",
        "The cluster {url} does not take {source} ({status}): {error}",
    ),
    "cluster_item_hint": (
        "读者看到的仍是先前的索引；已收下的报告下次不必再送。",
        "Readers see the index that they saw before; what the cluster has taken need not be sent again.",
    ),
    "cluster_full": (
        "集群 {url} 长时间收不下报告（{error}）",
        "The cluster {url} has not taken reports for a long time ({error})",
    ),
    "cluster_replaced": (
        "集群 {url} 里正在写入的索引 {name} 被人删除了；索引没有切换",
        "The index {name} in the cluster {url} was deleted while it was written; readers see what they saw before",
    ),
    "cluster_copies": (
        "集群 {url} 的索引少了 {away} 个分片副本（应有 {all} 个）；还能检索，再失去节点就可能不全",
        "The index in the cluster {url} lacks {away} of {all} copies of shards; it answers, but could lose reports with "
        "the next node",
    ),
    "cluster_copies_hint": (
        "请等节点恢复、副本补齐，或查看集群的磁盘和日志。",
        "Wait until nodes are back and copies made, or see the cluster's disks and log.",
    ),
    "cluster_count": (
        "集群 {url} 收下的是 {found} 份，应有 {expected} 份；索引没有切换",
        "The cluster {url} holds {found} of the {expected} files that were sent; readers see what they saw before",
    ),
}
