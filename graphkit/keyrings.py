"""The system's keyring, where there is one: an extra, loaded only when it is needed."""

import contextlib
import importlib.util


def kept(service: str, name: str) -> str | None:
    """The password that a keyring keeps for a name; None without one, or without a keyring.

    Args:
        service: Whose passwords they are.
        name: What the password is for.
    """
    if not importlib.util.find_spec("keyring"):
        return None
    import keyring  # noqa: PLC0415 - an extra, loaded only when it is needed
    import keyring.errors  # noqa: PLC0415

    try:
        return keyring.get_password(service, name)
    except keyring.errors.KeyringError:
        return None


def keep(service: str, name: str, password: str) -> bool:
    """Whether a keyring took a password, and gives it back.

    On a machine without a desktop some keyrings accept everything and keep nothing.

    Args:
        service: Whose passwords they are.
        name: What the password is for.
        password: What to keep.
    """
    if not importlib.util.find_spec("keyring"):
        return False
    import keyring  # noqa: PLC0415 - an extra, loaded only when it is needed
    import keyring.errors  # noqa: PLC0415

    try:
        keyring.set_password(service, name, password)
    except keyring.errors.KeyringError:
        return False
    return kept(service, name) == password


def forget(service: str, name: str) -> None:
    """Keep a password no longer; where there is none, or no keyring, nothing happens.

    Args:
        service: Whose passwords they are.
        name: What the password is for.
    """
    if not importlib.util.find_spec("keyring"):
        return
    import keyring  # noqa: PLC0415 - an extra, loaded only when it is needed
    import keyring.errors  # noqa: PLC0415

    with contextlib.suppress(keyring.errors.KeyringError):
        keyring.delete_password(service, name)
