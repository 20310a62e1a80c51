"""The SMTP connection, read as Airflow's smtp provider reads it, and its errors sorted.

Source: RFC 5321 (reply codes: 4yz try later, 5yz do not), RFC 8314 (TLS for submission).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from collectors.connection import ENVIRONMENT_PREFIX, Connection
from digest.errors import MailDown, MailRefused
from digest.plain import one_line

TIMEOUT_SECONDS = 30
_SSL_PORT, _STARTTLS_PORT, _PLAIN_PORT = 465, 587, 25


def sender(connection: Connection) -> str:
    """The address mails come from: `from_email`, else the login if it is an address.

    Raises:
        MailRefused: neither is given.
    """
    address = str(connection.extra.get("from_email") or connection.login)
    if "@" not in address:
        raise MailRefused(
            'the mail connection names no sender; add "from_email" to the extra of '
            f"{ENVIRONMENT_PREFIX}SMTP"
        )
    return address


@contextmanager
def session(connection: Connection) -> Iterator[smtplib.SMTP]:
    """Log in to the mail server for the length of the block.

    Raises:
        MailDown: the server cannot be reached or is not ready.
        MailRefused: login or encryption are refused; the settings must change.
    """
    server = _where(connection)
    try:
        smtp = _open(connection)
    except ssl.SSLCertVerificationError as error:
        raise MailRefused(
            f"{server} shows a certificate that is not trusted ({error.verify_message}); "
            "check the host name, or trust your own authority with SSL_CERT_FILE"
        ) from error
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        raise _refused(server, error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailDown(f"{server} cannot be used now ({error}); it is tried again") from error
    try:
        yield smtp
    finally:
        # The mail is accepted by now; a server that hangs up instead of saying goodbye is fine.
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()


def answer(error: Exception, recipient: str) -> tuple[int, str]:
    """The server's reply code, 0 where it gave none, and its words on one line."""
    code, words = 0, str(error)
    raw: bytes | str = b""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, raw = error.recipients.get(recipient, (0, b""))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, raw = error.smtp_code, error.smtp_error
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        code = 550  # an address with umlauts, and a server without SMTPUTF8
    if raw:
        words = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return code, one_line(f"{code or ''} {words}".strip())


def _refused(server: str, error: smtplib.SMTPException) -> MailRefused | MailDown:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        if error.smtp_code < 500:
            return MailDown(f"{server} cannot check the login now; it is tried again")
        return MailRefused(
            f"{server} refuses the login ({error.smtp_code}); "
            f"correct login and password in {ENVIRONMENT_PREFIX}SMTP"
        )
    return MailRefused(
        f"{server} lacks what the connection asks for ({error}); "
        f'set "disable_tls" in the extra of {ENVIRONMENT_PREFIX}SMTP only in a trusted network'
    )


def _where(connection: Connection) -> str:
    return f"mail server {connection.host or 'localhost'}:{_port(connection)}"


def _flag(connection: Connection, name: str) -> bool:
    # In Airflow's URI form every value is a word, and "false" would count as true.
    return str(connection.extra.get(name, "")).lower() not in ("", "0", "false", "no", "none")


def _uses_ssl(connection: Connection) -> bool:
    return not _flag(connection, "disable_ssl") and connection.port in (None, _SSL_PORT)


def _port(connection: Connection) -> int:
    if connection.port:
        return connection.port
    if _uses_ssl(connection):
        return _SSL_PORT
    return _PLAIN_PORT if _flag(connection, "disable_tls") else _STARTTLS_PORT


def _open(connection: Connection) -> smtplib.SMTP:
    host, port = connection.host or "localhost", _port(connection)
    context = ssl.create_default_context()
    if _uses_ssl(connection):
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    try:
        if not _uses_ssl(connection) and not _flag(connection, "disable_tls"):
            smtp.starttls(context=context)
        if connection.login:
            smtp.login(connection.login, connection.password)
    except (OSError, smtplib.SMTPException):
        smtp.close()
        raise
    return smtp
