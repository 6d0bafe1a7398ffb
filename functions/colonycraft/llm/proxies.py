"""Which way out: direct, or through the proxy that the environment names.

The HTTP libraries ignore the environment once they are given a transport, so the rule is here:
a local address is always reached directly, whatever the environment says.
"""

import ipaddress
import urllib.request
from urllib.parse import urlsplit

_LOCAL_SUFFIXES = (".local", ".localhost", ".internal", ".lan", ".svc")


def is_local(host: str) -> bool:
    """True for this machine, private networks and names that no public resolver knows."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_SUFFIXES)
    return (
        address.is_loopback or address.is_private or address.is_link_local or address.is_unspecified
    )


def proxy_for(url: str) -> str | None:
    """The address of the HTTP proxy to use for `url`, or None to connect directly."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_local(host) or urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy:
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    return proxy if proxy.startswith("http://") else None
