"""Letters about accounts: the portal alone asks for them, and they go out at once."""

from httpedge.access import allow
from httpedge.routes import Routes
from ieum_notify.api.shapes import AccountLetterShape, SentBody
from ieum_notify.api.wired import desk
from ieum_notify.domain.account_letter import AccountLetter
from ieum_notify.operations.account_letters import send_account_letter

routes = Routes(
    "account_letters",
    __name__,
    url_prefix="/v1/account-letters",
    description="Letters that let people choose a password",
)


@routes.route("", methods=["POST"])
@routes.arguments(AccountLetterShape)
@routes.response(200, SentBody)
@allow("service", services=("portal",))
def send(wanted: AccountLetter) -> dict[str, str]:
    """Hand one letter to the mail server; nothing of it is kept."""
    return {"message_id": send_account_letter(wanted, desk().mail_server)}
