"""What a reader sees where the program itself is at fault: no path, no trace, a number to quote."""

import logging
import secrets

import streamlit as st

from guarding.metrics import METRICS

_LOG = logging.getLogger("findings")


def tell_fault(error: Exception) -> bool:
    """Say that something went wrong, and write to the server's log under which number.

    Always True: the server is to show nothing more.
    """
    METRICS.count("errors")
    number = secrets.token_hex(4)
    _LOG.error("Fault %s: %s", number, type(error).__name__)
    st.error(
        "Something went wrong here, and it is not your doing. Try again; if it happens again, "
        f"tell whoever looks after this program that it was fault {number}.",
        icon=":material/error:",
    )
    return True
