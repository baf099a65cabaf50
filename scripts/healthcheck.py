"""Asks the web server in this container whether it can serve: exit status 0 when it can."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

PORT = 8000


def main() -> int:
    host = urlsplit(os.environ.get("BASE_URL", "")).netloc or "localhost"
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/healthz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return int(response.status != 200)
    except urllib.error.URLError as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
