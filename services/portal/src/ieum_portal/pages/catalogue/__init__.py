"""기준 정보: where the office keeps what everything else refers to."""
