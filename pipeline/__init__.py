"""The steps that Airflow tasks and `horch run` share."""
