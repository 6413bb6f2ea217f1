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
}
