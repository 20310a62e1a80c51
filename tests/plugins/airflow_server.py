"""Airflow's own web server with the project's plugin, without its scheduler; run as a script.

It prints the port it listens on. Of Airflow's database it makes the one table that signing in asks
for: a whole migration takes longer than every test of the page.
"""

import socket

import uvicorn
from airflow import settings
from airflow.api_fastapi.app import create_app
from airflow.models.revoked_token import RevokedToken


def main() -> None:
    """Serve until killed."""
    RevokedToken.__table__.create(settings.engine, checkfirst=True)
    app = create_app(apps="core")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        print(f"port {listener.getsockname()[1]}", flush=True)  # noqa: T201
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run([listener])


if __name__ == "__main__":
    main()
