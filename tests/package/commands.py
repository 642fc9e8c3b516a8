"""What the tests of the package share."""

import subprocess
import sys


def run(*words, **given):
    """Runs a command and gives what it says; where it fails, that is said and everything ends."""
    ended = subprocess.run(
        [str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **given
    )
    if ended.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}\n{ended.stdout}")
    return ended.stdout
