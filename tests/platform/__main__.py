"""Starts the test platform, and keeps it until Ctrl+C.

python -m tests.platform --port 8443 --tls --product p11sf2 --fault drop-after --fault 91004

It prints the address, AccessKey and AccessSecret that the station needs to find it.
"""

from __future__ import annotations

import argparse
import threading
from contextlib import suppress
from pathlib import Path

from tests.platform.accounts import ACCESS_KEY, ACCESS_SECRET, Accounts
from tests.platform.devices import Devices
from tests.platform.faults import PASSING, Fault, Faults
from tests.platform.server import running
from tests.platform.service import Service


def main() -> None:
    chosen = _options().parse_args()
    with running(service_of(chosen), chosen.port, chosen.tls) as url:
        print(f"address       {url}")
        print(f"AccessKey     {chosen.access_key}")
        print(f"AccessSecret  {chosen.access_secret}")
        if chosen.tls:
            print(f"authority     {chosen.tls}")
        print("Ctrl+C ends it.", flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


def service_of(chosen: argparse.Namespace) -> Service:
    faults = Faults(share=chosen.share, seed=chosen.seed)
    faults.script(*chosen.fault)
    devices = Devices({pk: {} for pk in chosen.product or ["p11sf2"]}, partial=chosen.partial)
    devices.says_yes = chosen.says_yes
    accounts = Accounts({chosen.access_key: chosen.access_secret})
    return Service(accounts, devices, faults, delay=chosen.delay / 1000)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.platform", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    tls = "speak TLS; the certificate of its authority is written there (default: platform-ca.pem)"
    parser.add_argument("--tls", type=Path, nargs="?", const="platform-ca.pem", metavar="FILE", help=tls)
    parser.add_argument(
        "--product", action="append", metavar="PK", help="a product there is; may be repeated"
    )
    parser.add_argument("--access-key", default=ACCESS_KEY, metavar="KEY")
    parser.add_argument("--access-secret", default=ACCESS_SECRET, metavar="SECRET")
    parser.add_argument("--delay", type=float, default=0.0, metavar="MS", help="each request takes this long")
    parser.add_argument(
        "--says-yes", action="store_true", help="a refused lot is a 200, with the failures in data"
    )
    parser.add_argument("--partial", action="store_true", help="a refused lot is added all the same, in part")
    faults = ", ".join(Fault)
    parser.add_argument(
        "--fault", type=Fault, action="append", default=[], help=f"of the next requests: {faults}"
    )
    passing = ", ".join(PASSING)
    parser.add_argument(
        "--share", type=float, default=0.0, help=f"of requests that fail by chance: {passing}"
    )
    parser.add_argument("--seed", type=int, default=1, help="of that chance")
    return parser


if __name__ == "__main__":
    main()
