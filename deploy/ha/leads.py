#!/usr/bin/python3
"""Ends with 0 where this node leads, and with 1 elsewhere: the condition of techcourse-backup@.service.

Copy to /etc/techcourse/leads.py, owner postgres, mode 700. Asks the node's own Patroni, which holds the key of the
leader or does not; PostgreSQL itself could still take itself for the primary. Needs nothing but Python, which Patroni
runs on.
"""
import ssl
import sys
import urllib.error
import urllib.request

ASKED = "https://${node_host}:8008/primary"

# nobody but the cluster's own authority, and no proxy of whoever calls
trusted = ssl.create_default_context(cafile="${tls}/ca.crt")
direct = urllib.request.build_opener(
    urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trusted)
)
try:
    with direct.open(ASKED, timeout=5) as answer:
        sys.exit(0 if answer.status == 200 else 1)
except urllib.error.HTTPError:
    # 503: another one leads
    sys.exit(1)
except OSError as problem:
    print("Patroni does not answer, so this node does not lead:", problem, file=sys.stderr)
    sys.exit(1)
