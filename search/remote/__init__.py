"""The engine over an OpenSearch cluster: the same answers, from shards."""
