"""What is said where an index of a cluster cannot be asked."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "cluster_report_damaged": (
        "集群里报告 {id} 的内容已损坏",
        "What the cluster holds of report {id} is damaged",
    ),
    "cluster_rebuild_hint": (
        "请运行 gongkai index 资料文件夹 --cluster 网址 重建索引。",
        "To rebuild the index, run: gongkai index CORPUS --cluster URL",
    ),
    "cluster_unreachable": ("连不上集群 {address}", "The cluster {address} cannot be reached"),
    "cluster_slow": (
        "集群 {address} 在 {seconds} 秒内没有回答",
        "The cluster {address} gave no answer within {seconds} s",
    ),
    "cluster_partial": (
        "集群 {address} 只有一部分回答：{shards} 个分片中有 {failed} 个没有回答",
        "The cluster {address} answered in part only: failed shards {failed} of {shards}",
    ),
    "cluster_busy": (
        "集群 {address} 现在太忙，没有回答",
        "The cluster {address} is too busy to answer now",
    ),
    "cluster_failed": (
        "集群 {address} 出错（{status}）：{error}",
        "The cluster {address} failed ({status}): {error}",
    ),
    "cluster_hint": (
        "请稍后再试；仍然不行，请查看集群是否在运行（_cluster/health）。",
        "Try again in a while; if it stays so, see whether the cluster is up (_cluster/health).",
    ),
    "cluster_index_missing": (
        "集群 {address} 里没有索引 {index}",
        "There is no index {index} in the cluster {address}",
    ),
    "cluster_limit": (
        "这个查询超出了集群一次能回答的范围",
        "The query is more than the cluster answers at once",
    ),
    "cluster_limit_hint": (
        "请缩小范围：加上地区或年份，或减少词语。",
        "Narrow it: by a region or a year, or with fewer words.",
    ),
    "cluster_too_many_alternatives": (
        "查询里有 {count} 个复合的“或”条件，集群最多回答 {most} 个",
        "The query has {count} composed alternatives (OR); a cluster answers {most}",
    ),
    "cluster_too_many_alternatives_hint": (
        "请分成几次查询。",
        "Ask in several queries.",
    ),
    "cluster_too_many_reports": (
        "这要逐份查看 {count} 份报告，在集群上最多 {most} 份",
        "This looks at {count} reports one by one; over a cluster, at most {most}",
    ),
    "cluster_too_deep": (
        "集群最多列出前 {most} 条",
        "A cluster lists the first {most} only",
    ),
}
