"""DuckDB: schema, load, threads and answers, publish."""
