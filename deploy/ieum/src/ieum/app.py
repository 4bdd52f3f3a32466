"""`ieum`: everything an operator does, one verb each."""

import argparse
import errno
import sys
from collections.abc import Sequence

from httpedge.environ import SettingsMissing
from ieum.say import OperatorError, line
from ieum.verbs import (
    backup,
    demo_reset,
    doctor,
    down,
    environment,
    export,
    load,
    mailbox,
    migrate,
    passing,
    restore,
    secrets,
    status,
    token,
    up,
)

DESCRIPTION = """이음(Ieum) 운영 프로그램 · the operator's program of Ieum.

An installation is a folder, IEUM_HOME (default: var/ in the checkout), and a range of ports,
IEUM_PORT_BASE (default 8400; what was used last is remembered). Every verb works on that one."""

EPILOG = """examples:
  make up                                   set up and start
  ieum status                               what runs, how far followers are behind
  ieum doctor                               what is wrong, and what to do
  ieum load data/gwangju-2021.yaml          load a file; twice changes nothing
  curl -H "Authorization: Bearer $(ieum token --role office)" http://127.0.0.1:8401/v1/partners
  ieum registry verify                      check the change log's chain
  ieum backup /mnt/backups                  copy everything while it runs
  IEUM_HOME=~/again ieum restore FILE       bring it back where nothing is yet
  ieum notify preview --days 30             which letters will go out, and why
  IEUM_HOME=~/second IEUM_PORT_BASE=9400 ieum up    a second installation beside the first

What to do when something fails: deploy/RUNBOOK.md."""


def parser() -> argparse.ArgumentParser:
    """Declare all verbs."""
    root = argparse.ArgumentParser(
        prog="ieum",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = root.add_subparsers(dest="verb", metavar="VERB", required=True)
    for each in (
        *(up, down, status, doctor, load, backup, export, restore, token, secrets),
        *(demo_reset, environment, migrate, mailbox, passing),
    ):
        each.add(verbs)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb.

    Returns:
        0 if it went well, 1 with what is wrong and what to do on standard error, 2 for wrong
        usage, 130 if interrupted.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if arguments and arguments[0] in passing.HELP:
            passing.run_service(arguments[0], arguments[1:])
        chosen = parser().parse_args(arguments)
        return int(chosen.run(chosen))
    except OperatorError as trouble:
        line(trouble.told(), to=sys.stderr)
    except SettingsMissing as missing:
        line(str(missing), to=sys.stderr)
    except KeyboardInterrupt:
        line("\n중단했습니다 · interrupted (make status, make down)", to=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except OSError as error:
        line(_mendable(error).told(), to=sys.stderr)
    return 1


def _mendable(error: OSError) -> OperatorError:
    """Say what the system refused; a fault of our own is told apart by its traceback in a file."""
    place = error.filename or ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return OperatorError(
            "disk.full",
            f"디스크가 가득 찼습니다({place}). 공간을 비운 뒤 같은 명령을 다시 하십시오.",
            f"The disk is full ({place}). Make room, then run the same command again.",
        )
    if isinstance(error, PermissionError):
        return OperatorError(
            "permission.missing",
            f"{place}에 대한 권한이 없습니다. 소유자를 확인하거나(ls -ld) 처음에 시작한 "
            "사용자로 다시 하십시오.",
            f"No permission for {place}. Check its owner (ls -ld), or act as the user who "
            "started the installation.",
        )
    return OperatorError(
        "system.refused",
        f"시스템이 거부했습니다: {error}. deploy/RUNBOOK.md 를 보십시오.",
        f"The system refused: {error}. See deploy/RUNBOOK.md.",
    )


if __name__ == "__main__":
    sys.exit(main())
