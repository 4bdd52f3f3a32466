"""The help of every page: what it shows, what one can do there, which words it uses.

A page of the register without its help fails a test. What is the same on all lists and on all
forms is said once; what a word means is said once, in WORDS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from changefeed.declared import Label


@dataclass(frozen=True, slots=True)
class Help:
    """What is said of one page.

    Attributes:
        shows: What it shows, or what is recorded there.
        acts: What one can do there, beyond what its sort of page can.
        words: Names of WORDS, of tables of labels (`flag`, `cover`), in the order of reading.
        sort: `list` and `form` add what every list and form can.
        operator: What no form mends and the operator does.
    """

    shows: Label
    acts: tuple[Label, ...] = ()
    words: tuple[str, ...] = ()
    sort: Literal["page", "list", "form"] = "page"
    operator: tuple[Label, ...] = ()


LIST_ACTS = (
    Label(
        "찾을 말과 조건으로 좁힙니다. 적용된 조건은 표 위에 나오고, 누르면 지워집니다.",
        "Narrow it by words and filters. Those set stand above the table; press one to remove it.",
    ),
    Label(
        "열 이름을 누르면 그 열로 정렬합니다. 한 번 더 누르면 차례가 반대가 됩니다.",
        "Press the head of a column to sort by it, and again to turn the order round.",
    ),
    Label(
        "보이는 조건 그대로 엑셀이나 CSV로 내려받거나 인쇄합니다. 주소를 보내면 같은 목록이 "
        "열립니다.",
        "Fetch what is shown as Excel or CSV, or print it. Its address opens the same list.",
    ),
)

FORM_ACTS = (
    Label(
        "적는 동안에는 기록되지 않습니다. 다음 화면에서 달라지는 것을 확인한 뒤 "
        "‘기록하기’를 누릅니다."
        "네트워크와 알림이 그대로인 양식은 바로 기록합니다.",
        "Nothing is recorded while you write. The next page shows what would change; record it "
        "there. A form that changes neither network nor letters records at once.",
    ),
    Label(
        "보낸 것은 14일 동안 할 일의 ‘작성 중’에 남습니다. 다 적지 못했으면 ‘임시 "
        "저장’을 누릅니다.",
        "What you send is kept for 14 days under unfinished forms on the first page. Save it there "
        "if you cannot finish.",
    ),
    Label(
        "고칠 곳이 있으면 위에 모아 보여 줍니다. 누르면 그 칸으로 갑니다.",
        "What must be mended is listed on top; each line leads to its field.",
    ),
)

PAGE_ACTS = (
    Label(
        "기준일을 바꾸면 그날의 모습을 봅니다. 지난날의 화면에서는 기록할 수 없습니다.",
        "Choose another day to see what was so then. Nothing can be recorded on such a page.",
    ),
)
"""What every page with a day can."""

KEYS = (
    Label(
        "Tab으로 다음 링크나 칸으로, Shift+Tab으로 앞으로 옮깁니다. 첫 Tab은 ‘본문으로 "
        "건너뛰기’입니다.",
        "Tab goes to the next link or field, Shift+Tab back. The first Tab skips to the content.",
    ),
    Label(
        "Enter로 열고, 접힌 곳은 Enter나 스페이스바로 펼치고 접습니다.",
        "Enter opens a link; Enter or Space unfolds what is folded.",
    ),
    Label(
        "표에서 j와 k로 줄을 옮기고, /로 찾기 칸에 갑니다. 모두 화면 아래 ‘단축키’에 있고, "
        "거기서 끌 수 있습니다. 스크립트를 막은 브라우저에는 없습니다.",
        "j and k move along the rows of a table, / leads to the search box. All of them stand "
        "under ‘Keys’ in the foot, where they can be switched off; a browser that blocks scripts "
        "has none.",
    ),
)

WORDS: Mapping[str, tuple[Label, Label]] = {
    "partner": (
        Label("협약기관, 파트너", "Partner"),
        Label(
            "협약을 맺을 수 있는 기관입니다. 시도 그 하나입니다.",
            "An organisation that can sign an agreement; the city is one, too.",
        ),
    ),
    "party": (
        Label("당사자", "Party"),
        Label(
            "한 협약에 참여한 기관입니다. 서명한 날과 가입·탈퇴한 날이 따로 있습니다.",
            "A partner's side of one agreement: when it signed, joined and left.",
        ),
    ),
    "milestone": (
        Label("이행과제", "Milestone"),
        Label(
            "누가 언제까지 하기로 한 일입니다. 이행 주체는 기관이나 부서입니다.",
            "What a partner or department promised to do by a day.",
        ),
    ),
    "collaboration": (
        Label("협력(이행)", "Commitment"),
        Label(
            "한 기관이 협약에 따라 한 과제에서 맡은 일입니다. 협약과 참여 기간에 묶입니다.",
            "What one partner took on for one task under an agreement, within the days of both.",
        ),
    ),
    "handover": (
        Label("인사이동", "Handover"),
        Label(
            "맡은 것이 모두 다른 쪽으로 가는 일입니다. 목록에 서명한 것이 인계인수서입니다.",
            "All that somebody answers for goes to another; both sign the list of it.",
        ),
    ),
    "seat": (
        Label("담당(역할)", "Role"),
        Label(
            "기관이나 부서에서 맡는 자리입니다. 알림은 그 자리를 맡은 사람에게 갑니다.",
            "A role at a partner or department. Letters go to whoever holds it.",
        ),
    ),
    "on": (
        Label("기준일", "As of"),
        Label(
            "화면이 어느 날의 모습인지를 말합니다. 서울의 날짜입니다.",
            "The day of which a page is true, in Seoul.",
        ),
    ),
    "unknown_end": (
        Label("종료 미상", "End not known"),
        Label(
            "언제 끝나는지 기록되지 않은 협약입니다. 유효로도 종료로도 세지 않습니다.",
            "Nobody knows whether it is in force; it is counted neither as in force nor as ended.",
        ),
    ),
    "illustrative": (
        Label("예시", "Example"),
        Label(
            "실제 기록이 아니라 보기로 넣은 자료입니다.",
            "Made up to show the system at work; never a fact about a real partner.",
        ),
    ),
    "evidence": (
        Label("이행실적·증빙", "Evidence"),
        Label(
            "언제 무엇으로 이행을 확인했는지를 남긴 것입니다.",
            "A dated proof that something was done.",
        ),
    ),
    "chain": (
        Label("위·변조 검증", "Verification"),
        Label(
            "이력의 해시를 처음부터 다시 계산해 기록이 바뀌지 않았는지 보는 것입니다.",
            "Computing the hashes of the log anew, to see that nothing in it was altered.",
        ),
    ),
    "revision": (
        Label("개정", "Revision"),
        Label(
            "행사가 옮겨지거나 취소된 횟수입니다. 한 번마다 한 번 알립니다.",
            "How often an event was moved or cancelled; each is told once.",
        ),
    ),
    "civil": (
        Label("현지 시각", "Local time"),
        Label(
            "행사가 열리는 곳의 시계가 보이는 시각입니다. 서울 시각은 옆에 따로 보입니다.",
            "What the clocks at the event's place show; Seoul's time stands beside it.",
        ),
    ),
}
"""What words mean, as docs/glossary.md has them."""

HELP: Mapping[str, Help] = {
    "help.index": Help(
        Label("화면마다 도움말이 있습니다.", "Every page has its help."),
        (
            Label(
                "보려는 화면의 이름을 누릅니다. 각 화면 아래의 ‘도움말’도 같은 곳으로 갑니다.",
                "Press the name of a page. ‘Help’ at the foot of each page leads there, too.",
            ),
        ),
    ),
    "help.show": Help(
        Label(
            "한 화면이 무엇을 보이는지, 무엇을 할 수 있는지, 쓰인 말이 무엇인지 적은 곳입니다.",
            "What one page shows, what can be done there, and what its words mean.",
        ),
    ),
    "sign_in.show": Help(
        Label("아이디와 비밀번호로 들어오는 곳입니다.", "Where one signs in."),
        (
            Label(
                "비밀번호를 잊었으면 ‘비밀번호를 잊으셨습니까?’에서 링크를 받아 다시 정합니다. "
                "여러 번 틀리면 잠시 기다려야 합니다.",
                "If you forgot the password, have a link sent to choose another. After several "
                "wrong attempts one must wait.",
            ),
            Label(
                "30분 동안 쓰지 않으면 로그인이 끝납니다. 끝나기 5분 전에 알리고, ‘연장’으로 "
                "늘립니다.",
                "A session ends after 30 minutes of rest. It warns five minutes before and can be "
                "extended.",
            ),
        ),
    ),
    "first_run.show": Help(
        Label(
            "비어 있는 이음을 처음 여는 곳입니다. 기관과 총괄부서, 첫 관리자를 적습니다. 링크는 "
            "운영자가 이음을 켤 때 나오고 한 번만 열립니다.",
            "Where an empty house is begun: whose it is, its office, its first administrator. The "
            "link is given to the operator who starts it, and opens once.",
        ),
    ),
    "first_run.choose": Help(
        Label(
            "무엇부터 할지 고르는 곳입니다. 자료를 불러오거나, 하나씩 등록하거나, 함께 일할 사람을 "
            "초대합니다.",
            "Where to begin: take a ledger in, register things one by one, or invite people.",
        ),
    ),
    "joining.join": Help(
        Label(
            "받은 링크로 들어와 자기 비밀번호를 정하는 곳입니다. 링크는 한 번만 열립니다.",
            "Where one chooses a password, by a link that opens once.",
        ),
    ),
    "joining.forgot": Help(
        Label(
            "비밀번호를 다시 정하는 링크를 전자우편으로 받습니다.",
            "Has a link sent by mail with which one chooses another password.",
        ),
    ),
    "people_form.register": Help(
        Label(
            "한 기관의 담당자 여러 사람을 표에 적어 한꺼번에 등록합니다.",
            "Registers several people of one partner or department at once, in a table.",
        ),
        (
            Label(
                "엑셀에서 줄과 칸을 그대로 복사해 붙여 넣을 수 있습니다.",
                "Rows and columns copied from a sheet can be pasted as they are.",
            ),
            Label(
                "한 줄이라도 틀리면 아무도 등록되지 않고, 어느 칸인지 알려 드립니다.",
                "If one row is wrong nobody is registered, and the cell is named.",
            ),
        ),
    ),
    "access_records.review": Help(
        Label(
            "누가 언제 누구의 개인정보를 보았는지, 누가 로그인했는지를 달마다 살펴보는 화면입니다.",
            "The monthly review: who saw whose personal data, and who signed in.",
        ),
        (
            Label(
                "사람의 이름을 누르면 그 사람의 정보를 본 기록만 남습니다.",
                "A person's name leaves the records of that person's data alone.",
            ),
            Label(
                "같은 일이 1분 안에 되풀이되면 한 줄에 횟수로 적습니다.",
                "What happens again within a minute is one line with a count.",
            ),
        ),
    ),
    "reasons.show": Help(
        Label(
            "개인정보가 담긴 파일을 가져가기 전에 그 이유를 적는 화면입니다.",
            "Where it is said why data of people are taken out, before they are.",
        ),
        (
            Label(
                "무슨 일에 쓰는지 한 줄로 적으면 파일이 바로 내려옵니다. "
                "10분 동안 다시 묻지 않습니다.",
                "Say in a line what they are for, and the file comes. For ten minutes it is not "
                "asked again.",
            ),
            Label(
                "이유는 누구의 것을 가져갔는지와 함께 열람 기록에 남습니다. 사람 이름이나 연락처는 "
                "적지 마십시오.",
                "The reason stays in the record of access with whose data it was. Write no names "
                "and no addresses.",
            ),
        ),
    ),
    "own_account.show": Help(
        Label(
            "자기 계정과 로그인한 기기, 최근 로그인 기록입니다.",
            "One's own account, where it is signed in, and who signed in with it lately.",
        ),
        (
            Label(
                "비밀번호와 언어를 바꾸고, 다른 기기에서 로그아웃합니다.",
                "Change the password or language, and sign out elsewhere.",
            ),
        ),
    ),
    "accounts.show": Help(
        Label(
            "누가 어떤 역할로 들어올 수 있는지의 목록입니다. 계정 관리자만 봅니다.",
            "Who may sign in, and in which role. Administrators of accounts alone see it.",
        ),
    ),
    "accounts.invite": Help(
        Label(
            "새 사람을 초대합니다. 비밀번호를 정하는 링크가 그 주소로 갑니다.",
            "Invites somebody. A link to choose a password is sent to their address.",
        ),
    ),
    "accounts.one": Help(
        Label(
            "한 계정의 역할과 소속, 잠금을 바꿉니다.",
            "One account: its role, whom it belongs to, and whether it is locked.",
        ),
    ),
    "today.show": Help(
        Label(
            "기한이 지났거나 다가오는 이행과제, 끝나는 협약, 행사와 마감, 경보를 모았습니다.",
            "Milestones that are overdue or near, agreements that end, events and deadlines, "
            "alarms.",
        ),
        (
            Label(
                "‘내 담당’은 소속 부서나 기관의 것만, ‘모두’는 볼 수 있는 것 전부를 보입니다.",
                "‘Mine’ shows what is your department's or partner's, ‘all’ whatever you may see.",
            ),
            Label(
                "위의 숫자를 누르면 그 목록으로 갑니다. 다음 조치를 누르면 양식이 열립니다.",
                "Press a number on top to go to its list; press a next step to open its form.",
            ),
        ),
        ("milestone", "on", "illustrative"),
        operator=(
            Label(
                "운영자에게 알리라는 경보는 화면의 양식으로 끝나지 않습니다. 경보의 문장과 시각을 "
                "그대로 운영자에게 보내십시오. 원인이 없어지면 경보는 저절로 사라집니다.",
                "An alarm that says to tell the operator is ended by no form. Send its sentence "
                "and its time to the operator as they stand; it goes by itself once its cause "
                "does.",
            ),
            Label(
                "운영자는 `ieum status`로 무엇이 멈추었는지, `ieum doctor`로 설정이 맞는지 보고, "
                "경보의 문장에 적힌 명령이 있으면 그것을 실행합니다.",
                "The operator runs `ieum status` to see what stands still and `ieum doctor` to "
                "check the settings, and the command that the alarm names, if it names one.",
            ),
        ),
    ),
    "search.show": Help(
        Label(
            "파트너, 협약, 사람, 과제, 기술, 행사, 알림을 한 번에 찾습니다.",
            "One search over partners, agreements, people, tasks, technologies, events and "
            "letters.",
        ),
        (
            Label(
                "이름의 일부, 초성(ㄱㅈ), 영문 이름, 번호로 찾습니다. 왜 나왔는지가 함께 보입니다.",
                "By part of a name, initial consonants (ㄱㅈ), English name or number. Each result "
                "says why it was found.",
            ),
        ),
    ),
    "partners.show": Help(
        Label("협약을 맺었거나 맺을 수 있는 기관의 목록입니다.", "The partners on record."),
        (
            Label(
                "이름의 일부, 초성, 별칭, 영문 이름으로 찾습니다.",
                "Search by part of a name, initial consonants, alias or English name.",
            ),
        ),
        ("partner", "illustrative"),
        "list",
    ),
    "people.show": Help(
        Label(
            "기관과 부서의 담당(역할)과 그것을 맡은 사람입니다.",
            "The roles at partners and departments, and who holds them.",
        ),
        (),
        ("seat", "on"),
    ),
    "journal.show": Help(
        Label(
            "기관과 언제 무엇으로 연락했는지의 기록입니다.",
            "When partners were called, visited or written to.",
        ),
        (
            Label(
                "새 기록은 그 기관의 화면에서 ‘연락 기록하기’로 남깁니다.",
                "A new contact is noted on the partner's page.",
            ),
        ),
        (),
        "list",
    ),
    "journal.one": Help(
        Label(
            "기관과 한 번 연락한 기록입니다.",
            "One contact with a partner: the day, the way and the matter.",
        ),
        (
            Label(
                "잘못 적은 것은 고치고, 없던 연락이면 이유를 적어 취소합니다.",
                "What is wrong in it is changed; a contact that never was is taken back, with why.",
            ),
        ),
        (),
        "form",
    ),
    "journal_form.change": Help(
        Label(
            "연락 기록의 날, 방법, 부서, 협약, 내용을 고칩니다.",
            "Changes the day, the way, the department, the agreement or the matter of a contact.",
        ),
        (),
        (),
        "form",
    ),
    "journal_form.retract": Help(
        Label(
            "없던 연락을 잘못 적었으면 취소합니다. 목록에서 빠지고, 이력과 이유는 남습니다.",
            "Takes a contact back that never was. It leaves the lists; history and reason stay.",
        ),
        (),
        (),
        "form",
    ),
    "holdings.show": Help(
        Label(
            "시가 우리 기관에 대해 가지고 있는 자료를 한 건씩 보여 줍니다.",
            "What the city holds on your organisation, record by record.",
        ),
        (
            Label(
                "맞으면 ‘맞음’을 누릅니다. ‘모두 맞음’은 그 묶음 전체를 한 번에 확인합니다.",
                "Press Right where it is right; All right confirms a whole section at once.",
            ),
            Label(
                "종류마다 앞의 20건이 나옵니다. ‘모두 보기’를 누르면 그 종류만 쪽을 넘겨 가며 보고 "
                "답할 수 있습니다.",
                "The first 20 of each kind are shown; See all shows that kind alone, page by "
                "page, to be answered the same way.",
            ),
            Label(
                "다르면 ‘다름’을 누르고 맞는 내용을 적습니다. 총괄부서가 반영하거나 이유를 적어 "
                "반려하며, 결과가 이 화면에 나옵니다. 처리 전에는 철회할 수 있습니다.",
                "Press Wrong and write what would be right. The office takes it over, or says why "
                "not; what came of it stands here. You may take it back until then.",
            ),
        ),
        ("partner", "collaboration", "evidence"),
    ),
    "own_calendar.show": Help(
        Label(
            "기한과 만료일을 쓰시는 달력 프로그램에서 볼 주소를 만들고 닫습니다.",
            "Opens and closes the address by which your calendar program reads your days.",
        ),
        (
            Label(
                "주소가 새어 나갔으면 ‘주소 다시 만들기’를 누릅니다. 앞의 주소는 바로 닫힙니다.",
                "If the address got out, make another one: the old one closes at once.",
            ),
        ),
    ),
    "document_form.prove": Help(
        Label(
            "협력이나 이행과제를 이행했다는 증빙 파일을 올립니다. 협약 당사자가 함께 봅니다.",
            "Sends a file that proves a commitment or a milestone. The parties see it, too.",
        ),
        (),
        ("evidence",),
        "form",
    ),
    "document_form.put_back": Help(
        Label(
            "저장된 파일이 없어졌거나 달라졌을 때, 보관하던 원본을 제자리에 돌려놓습니다.",
            "Puts the very file back where it is missing or was altered.",
        ),
        (
            Label(
                "올렸던 것과 조금이라도 다르면 받지 않습니다. 맞으면 할 일의 경보가 바로 "
                "사라집니다.",
                "Another file is refused. Once it is the same, the alarm on your desk is over.",
            ),
        ),
        (),
        "form",
    ),
    "correcting.succeed": Help(
        Label(
            "담당이 바뀌었으면 새로 맡은 사람과 첫날을 적어 보냅니다. 총괄부서가 받아들이면 "
            "연락처로 등록되고 담당이 넘어갑니다.",
            "Says who holds a role now, and since when. Once the office accepts, the person is "
            "registered and holds the role.",
        ),
        (
            Label(
                "이름과 연락처는 이력에 남지 않고, 처리되거나 철회하면 제안에서 지워집니다.",
                "Name and addresses stand in no log, and go from the proposal once it has ended.",
            ),
        ),
        (),
        "form",
    ),
    "correcting.propose": Help(
        Label(
            "시의 자료에서 다른 곳을 고쳐 적어 보냅니다. 바로 바뀌지 않고, 총괄부서가 확인합니다.",
            "Sends what would be right instead. Nothing changes before the office agrees.",
        ),
        (),
        (),
        "form",
    ),
    "replies.show": Help(
        Label(
            "연락담당자가 맞다고 확인한 자료와 보낸 정정 제안입니다.",
            "What liaisons confirmed, and the corrections that they propose.",
        ),
        (
            Label(
                "‘보고 처리’를 누르면 지금 값과 제안한 값을 견주어 반영하거나 반려합니다.",
                "“Look and answer” compares both values; accept there, or refuse with a reason.",
            ),
        ),
        ("partner",),
        "list",
    ),
    "replies.accept": Help(
        Label(
            "연락담당자가 제안한 대로 자료를 고칩니다. 제안의 설명이 변경 이유로 남습니다.",
            "Changes the record as proposed; the note becomes the reason of the change.",
        ),
        (
            Label(
                "그사이 그 항목이 바뀌었으면 기록하지 않고 두 값을 보여 줍니다.",
                "If the field was changed meanwhile nothing is recorded; both values are shown.",
            ),
        ),
        (),
        "form",
    ),
    "replies.refuse": Help(
        Label(
            "제안을 받아들이지 않는 이유를 적습니다. 연락담당자가 그 이유를 읽습니다.",
            "Says why a proposal is not taken over; the liaison reads it.",
        ),
        (),
        (),
        "form",
    ),
    "partner.show": Help(
        Label(
            "한 기관의 협약, 맡은 협력, 이행과제, 연락처, 연락 기록, 네트워크입니다.",
            "One partner: agreements, commitments, milestones, contacts, journal and network.",
        ),
        (
            Label(
                "그림의 상자와 표의 이름을 누르면 그 기관·과제·기술의 화면이 열립니다.",
                "Boxes of the picture and names in the tables lead to their pages.",
            ),
        ),
        ("partner", "collaboration", "seat", "evidence", "illustrative"),
    ),
    "partner_form.register": Help(
        Label(
            "새 기관을 등록합니다. 이름이 비슷한 기관이 있으면 먼저 보여 줍니다.",
            "Registers a partner. Partners of a similar name are shown first.",
        ),
        (),
        ("partner",),
        "form",
    ),
    "merging.show": Help(
        Label(
            "같은 기관이 두 번 등록된 것으로 보이는 곳과 그 이유입니다.",
            "Partners that may be one organisation, and why.",
        ),
        (
            Label(
                "‘합치기’는 뒤의 기관을 앞의 기관으로 잇고, ‘다름’은 다시 묻지 않게 합니다.",
                "Merging leads the second to the first; “other” keeps them from being asked again.",
            ),
        ),
        ("partner",),
    ),
    "merging.merge": Help(
        Label(
            "이 기관을 같은 기관인 다른 자료와 합칩니다. 언제든 되돌릴 수 있습니다.",
            "Merges this partner into another record of the same organisation; it can be undone.",
        ),
        (),
        ("partner",),
        "form",
    ),
    "merging.separate": Help(
        Label(
            "잘못 합친 기관을 합치기 전 그대로 되돌립니다.",
            "Gives back a partner that was merged by mistake, as it was.",
        ),
        (),
        (),
        "form",
    ),
    "merging.tell_apart": Help(
        Label(
            "비슷해 보이지만 다른 기관임을 적어 둡니다. 다시 묻지 않습니다.",
            "Notes that two partners look alike and are others; nobody is asked again.",
        ),
        (),
        (),
        "form",
    ),
    "partner_form.change": Help(
        Label(
            "기관의 이름, 구분, 번호를 고칩니다. 옛 이름으로도 계속 찾을 수 있습니다.",
            "Changes a partner's name, kind or number. It is still found by its former name.",
        ),
        (),
        (),
        "form",
    ),
    "journal_form.record": Help(
        Label(
            "기관과 연락한 날과 방법, 내용을 남깁니다.",
            "Notes the day, the way and the matter of a contact with a partner.",
        ),
        (),
        (),
        "form",
    ),
    "people_form.register_at": Help(
        Label(
            "부서의 연락처를 등록합니다. 여럿이면 엑셀에서 붙여 넣습니다.",
            "Registers people of a department; several are pasted from a spreadsheet.",
        ),
        (),
        (),
        "form",
    ),
    "people.one": Help(
        Label(
            "담당(역할) 하나와 그날 맡은 사람입니다. 알림은 누가 맡든 담당으로 갑니다.",
            "One role and who holds it on the day. Reminders go to the role, whoever holds it.",
        ),
        (),
        (),
        "page",
    ),
    "people.register": Help(
        Label(
            "부서나 협약기관에 담당(역할)을 만듭니다. 그다음에 맡을 사람을 지정합니다.",
            "Opens a role at a department or partner. Who takes it is named next.",
        ),
        (),
        (),
        "form",
    ),
    "people.change": Help(
        Label(
            "담당(역할)의 소속, 종류, 언어를 고칩니다.",
            "Changes where a role is, what it is, and its language.",
        ),
        (),
        (),
        "form",
    ),
    "contacts.show": Help(
        Label(
            "알림과 연락을 받는 사람입니다. 누가 보았는지 기록됩니다.",
            "People who are written to. Who looks at them is recorded.",
        ),
        (),
        (),
        "list",
    ),
    "contacts.one": Help(
        Label(
            "한 사람의 연락처, 동의와 보유 기한, 맡은 담당(역할)입니다. 누가 보았는지 기록됩니다.",
            "One person: addresses, consent, how long they are kept, and their roles. Who looks at "
            "them is recorded.",
        ),
        (),
        (),
        "page",
    ),
    "contacts_erasure.erase": Help(
        Label(
            "한 사람의 개인정보를 영구히 지웁니다. 복구할 수 없습니다.",
            "Erases everything personal of one person, for good.",
        ),
        (),
        (),
        "form",
    ),
    "changing.contact": Help(
        Label(
            "연락처의 전자우편, 전화, 언어, 동의를 고칩니다.",
            "Changes a contact's address, telephone, language or consent.",
        ),
        (),
        (),
        "form",
    ),
    "seat_form.hand_over": Help(
        Label(
            "담당을 다른 사람에게 넘깁니다. 그날부터 알림이 새 담당자에게 갑니다. 아직 등록하지 "
            "않은 사람도 여기에 적으면 연락처로 함께 등록됩니다.",
            "Hands a role to somebody else. Letters go to them from that day on. Somebody who is "
            "not on record yet is entered here and registered with it.",
        ),
        (),
        ("seat",),
        "form",
    ),
    "handovers.show": Help(
        Label(
            "사람이나 부서가 맡은 것을 한꺼번에 넘긴 기록입니다. 인계인수서를 내려받아 서명합니다.",
            "What a person or a department answered for went to another in one act; each has a "
            "list to sign.",
        ),
        (),
        ("handover",),
        "list",
    ),
    "handovers.begin": Help(
        Label(
            "누가 넘기는지 고릅니다. 사람이 자리를 옮길 때와 부서가 합쳐지거나 나뉠 때 씁니다.",
            "Choose who hands over: somebody who moves on, or a department merged or split.",
        ),
        (
            Label(
                "부서 이름만 바뀌면 넘기지 말고 부서 화면에서 이름을 고치십시오.",
                "If only a department's name changes, change the name on its page instead.",
            ),
        ),
    ),
    "handovers.one": Help(
        Label(
            "한 인사이동의 내용입니다. 무엇이 누구에게 갔는지, 무엇이 왜 남았는지 보여 줍니다.",
            "One handover: what went to whom, and what stayed and why.",
        ),
        (
            Label(
                "기록한 날이나 넘기는 날까지는 ‘되돌리기’로 한꺼번에 되돌립니다.",
                "It is taken back as a whole until the end of the day on which it was recorded or "
                "begins.",
            ),
        ),
    ),
    "handover_form.of_person": Help(
        Label(
            "그 사람이 맡은 담당을 모두 한 사람에게, 또는 하나씩 다른 사람에게 넘깁니다. 알림은 "
            "넘기는 날부터 새로 맡은 사람에게 갑니다.",
            "Hands all of a person's roles to one other, or some of them to others. Letters go to "
            "who takes them from that day on.",
        ),
        (),
        ("seat",),
        "form",
    ),
    "handover_form.of_department": Help(
        Label(
            "부서가 맡은 협약, 이행과제, 행사, 담당, 연락처를 다른 부서에 넘깁니다. 나뉠 때는 "
            "하나씩 어느 부서가 맡을지 고릅니다.",
            "Hands a department's agreements, milestones, events, roles and people to another. "
            "Where it is split, choose for each which department takes it.",
        ),
        (
            Label(
                "앞으로 올 날을 적으면 그날이 시작될 때 저절로 바뀝니다.",
                "With a day to come, it changes by itself when that day begins.",
            ),
        ),
        ("seat",),
        "form",
    ),
    "handover_form.undo": Help(
        Label(
            "인사이동을 한꺼번에 되돌립니다. 그 뒤에 남이 고친 것은 그대로 두고 알려 줍니다.",
            "Takes a handover back as a whole. What somebody changed since stays and is named.",
        ),
        (),
        (),
        "form",
    ),
    "undoing.hand_back": Help(
        Label(
            "담당자 변경을 이유와 함께 되돌립니다. 지우지 않고 되돌린 기록을 더합니다.",
            "Takes a handover back, with a reason. Nothing is deleted; an entry is added.",
        ),
        (),
        ("seat",),
        "form",
    ),
    "partners.act": Help(
        Label(
            "목록에서 표시한 여러 기관의 구분이나 나라를 한 번에 바꿉니다.",
            "Changes kind or country of all partners that were marked in the list.",
        ),
        (
            Label(
                "고르지 않은 항목은 그대로 둡니다. 그사이 바뀐 것은 남기고 알려 드립니다.",
                "What is not chosen stays. What changed meanwhile is left, and named.",
            ),
        ),
        ("partner",),
        "form",
    ),
    "imports.show": Help(
        Label(
            "엑셀이나 CSV로 된 협약 대장을 가져옵니다. 파일을 고르거나 표를 붙여 넣습니다.",
            "Bring a ledger as Excel or CSV: choose the file, or paste its cells.",
        ),
        (
            Label(
                "확인하기 전에는 아무것도 등록하지 않습니다. 가져온 대장은 마지막으로 손댄 뒤 90일 "
                "동안 남습니다.",
                "Nothing is recorded before you confirm. What was brought is kept for 90 days "
                "after it was touched last.",
            ),
        ),
    ),
    "imports.one": Help(
        Label(
            "가져온 대장의 줄마다 새 협약인지, 달라지는지, 물을 것이나 고칠 것이 있는지 보입니다.",
            "Line by line: a new agreement, a changed one, the same, a question or a fault.",
        ),
        (
            Label(
                "‘처음 보는 이름’에서 적힌 이름이 어느 곳인지 정합니다. 다음에도 기억합니다.",
                "Decide under ‘new names’ whom a name means. It is remembered.",
            ),
            Label(
                "‘대장의 담당자’에서 시 담당자를 옮길지 대장 전체에 한 번만 정합니다.",
                "Decide once for the whole ledger whether the city's people are entered.",
            ),
            Label(
                "‘열과 읽는 방법’에서 열에 담긴 것과 같은 협약으로 볼 기준을 바꿉니다.",
                "Change under ‘columns’ what a column holds and which agreements are the same.",
            ),
            Label(
                "고칠 줄은 화면에서 고쳐 읽게 하거나, 엑셀로 받아 고친 뒤 다시 가져옵니다.",
                "Mend lines here, or fetch them as Excel, mend them and bring them again.",
            ),
            Label(
                "등록을 마친 뒤에도 이유를 적고 가져온 것을 모두 취소할 수 있습니다.",
                "Also afterwards all of it can be taken back, with a reason.",
            ),
        ),
    ),
    "imports.preview": Help(
        Label(
            "가져온 대장을 등록하면 무엇이 늘고, 네트워크와 알림에서 무엇이 달라지는지 보입니다.",
            "What writing the ledger would add, and what changes in the network and the letters.",
        ),
        (
            Label(
                "등록은 뒤에서 이어지므로 화면을 닫아도 됩니다.",
                "It is written in the background; you may close the page.",
            ),
        ),
    ),
    "agreements.act": Help(
        Label(
            "목록에서 표시한 여러 협약의 주관 부서나 공개 여부를 한 번에 바꿉니다.",
            "Changes department or disclosure of all agreements that were marked.",
        ),
        (
            Label(
                "고르지 않은 항목은 그대로 둡니다. 그사이 바뀐 것은 남기고 알려 드립니다.",
                "What is not chosen stays. What changed meanwhile is left, and named.",
            ),
        ),
        ("partner",),
        "form",
    ),
    "agreements.show": Help(
        Label(
            "업무협약(MOU)과 합의각서, 협정, 부속합의 등의 목록입니다.",
            "All agreements: MOUs, MOAs, pacts, annexes and others.",
        ),
        (
            Label(
                "제목, 번호, 연도, 파트너, 부서로 찾습니다.",
                "Search by title, number, year, partner or department.",
            ),
        ),
        ("flag", "unknown_end"),
        "list",
    ),
    "milestones.show": Help(
        Label("협약 아래 정한 이행과제의 목록입니다.", "The milestones set under agreements."),
        (),
        ("milestone",),
        "list",
    ),
    "promises.show": Help(
        Label(
            "협약 당사자가 수로 약속한 것과 이룬 것의 목록입니다.",
            "What parties of agreements promised in figures, and what came of it.",
        ),
        (
            Label(
                "새 약속은 그 협약의 화면에서 ‘약속 추가’로 등록합니다.",
                "A new promise is recorded from its agreement's page.",
            ),
            Label(
                "‘기한 지남’을 누르면 기한이 지났는데 이루지 못한 것만 봅니다.",
                "“overdue” leaves what has not come though its by-day has passed.",
            ),
        ),
        (),
        "list",
    ),
    "promise_rates.show": Help(
        Label(
            "기한이 된 약속의 목표 가운데 얼마나 이루었는지 보여 줍니다.",
            "How much has come of the targets that are due by a day.",
        ),
        (
            Label(
                "기관, 협약, 종류, 부서, 연도, 과제별로 봅니다. 지표를 누르면 목록이 열립니다.",
                "By partner, agreement, kind, department, year or task; a measure opens its rows.",
            ),
            Label(
                "기준일을 바꾸면 그날의 이행률이 나옵니다.",
                "Choose another day for the rates of that day.",
            ),
        ),
        (),
        "page",
    ),
    "promises.one": Help(
        Label(
            "약속 하나와 그 실적, 목표가 바뀐 내력을 보여 줍니다.",
            "One promise, what was reached of it, and how its target was revised.",
        ),
        (
            Label(
                "실적을 보고하고, 합의로 바뀐 목표를 기록하고, 더 이행하지 않으면 종결합니다.",
                "Report what was reached, revise the target that was agreed anew, or settle it.",
            ),
        ),
        (),
        "form",
    ),
    "promise_form.register": Help(
        Label(
            "협약의 당사자가 약속한 지표와 목표, 이행기한을 등록합니다.",
            "Records what a party promised: the indicator, the target and the by-day.",
        ),
        (
            Label(
                "여러 건이면 ‘기록하고 다음 등록’으로 이어서 적습니다.",
                "Several are recorded one after the other.",
            ),
        ),
        (),
        "form",
    ),
    "promise_form.change": Help(
        Label(
            "약속을 잘못 적은 것을 바로잡습니다.",
            "Sets right what was written down wrongly of a promise.",
        ),
        (),
        (),
        "form",
    ),
    "promise_form.revise": Help(
        Label(
            "합의로 바뀐 목표나 이행기한을 기록합니다. 처음 목표는 그대로 남습니다.",
            "Records another target or by-day that was agreed; the first one stays on record.",
        ),
        (),
        (),
        "form",
    ),
    "promise_form.settle": Help(
        Label(
            "약속대로 이행되지 않게 된 것과 그 까닭을 기록합니다.",
            "Records what became of a promise that will not be delivered as made.",
        ),
        (),
        (),
        "form",
    ),
    "promise_form.reopen": Help(
        Label(
            "종결로 잘못 기록한 것을 되돌립니다.",
            "Takes back that a promise was settled.",
        ),
        (),
        (),
        "form",
    ),
    "promise_form.retract": Help(
        Label(
            "약속한 적이 없으면 취소합니다. 이행 보고가 있으면 그것을 먼저 취소합니다.",
            "Takes a promise back that was never made; its reports are taken back first.",
        ),
        (),
        (),
        "form",
    ),
    "promise_form.report": Help(
        Label(
            "누적 실적을 보고합니다. 기관이 보고한 것은 총괄부서가 확인하면 셉니다.",
            "Reports what was reached as of a day; a partner's figure counts once confirmed.",
        ),
        (),
        (),
        "form",
    ),
    "promise_reports.show": Help(
        Label(
            "약속마다 보고된 실적의 목록입니다.",
            "What was reported of promises.",
        ),
        (
            Label(
                "‘확인 대기’인 보고는 ‘보고 처리’를 눌러 확인하거나 반려합니다.",
                "A report that awaits the office is confirmed or refused there.",
            ),
        ),
        (),
        "list",
    ),
    "promise_reports.one": Help(
        Label(
            "한 번 보고된 실적입니다.",
            "One report of what was reached.",
        ),
        (
            Label(
                "잘못된 보고는 정정하거나 등록을 취소합니다.",
                "A wrong report is set right or taken back.",
            ),
        ),
        (),
        "form",
    ),
    "promise_reports.confirm": Help(
        Label(
            "기관이 보고한 실적을 받아들입니다.",
            "Takes over the figure that a partner reported.",
        ),
        (),
        (),
        "form",
    ),
    "promise_reports.refuse": Help(
        Label(
            "기관이 보고한 실적을 받지 않고, 까닭을 알립니다.",
            "Does not take a partner's figure over, and says why.",
        ),
        (),
        (),
        "form",
    ),
    "promise_reports.correct": Help(
        Label(
            "보고된 실적을 바로잡습니다.",
            "Sets a reported figure right.",
        ),
        (),
        (),
        "form",
    ),
    "promise_reports.retract": Help(
        Label(
            "잘못 기록한 보고를 취소합니다. 실적에서 빠집니다.",
            "Takes a report back; its figure counts no more.",
        ),
        (),
        (),
        "form",
    ),
    "commitments.show": Help(
        Label(
            "기관이 과제마다 맡은 협력의 목록입니다.",
            "What partners have taken on, task by task.",
        ),
        (),
        ("collaboration", "unknown_end"),
        "list",
    ),
    "documents.show": Help(
        Label(
            "협약의 문서(PDF, 한글, 워드, 그림) 목록입니다. 총괄부서는 모두, 그 밖에는 "
            "공개된 것만 봅니다.",
            "The documents (PDF, Hangul, Word, images) of agreements: all of them to the office, "
            "to others what is opened to them.",
        ),
        (
            Label(
                "새 문서는 그 협약의 화면에서 ‘문서 올리기’로 올립니다. 본문의 말은 위의 찾기에서 "
                "찾습니다.",
                "A new document is put on record from its agreement's page. Words of its text are "
                "found by the search above.",
            ),
        ),
        (),
        "list",
    ),
    "document.show": Help(
        Label(
            "한 문서의 종류와 판, 미리 보기입니다. 미리 보기는 그림이라서 파일이 열리지 않습니다.",
            "One document: what it is, its versions, and a preview in pictures, so that the file "
            "itself is not opened.",
        ),
        (
            Label(
                "파일이 바뀌면 ‘새 판 올리기’로 올립니다. 앞의 판은 그대로 남습니다.",
                "A changed file is sent as a new version; the one before stays.",
            ),
            Label(
                "비공개 문서를 열거나 내려받으면 열람 기록에 남습니다.",
                "Whoever opens or takes a closed document is in the record of access.",
            ),
        ),
        (),
    ),
    "document_form.upload": Help(
        Label(
            "협약의 파일을 올립니다. 이름과 내용이 다르거나 매크로가 든 파일은 받지 않습니다.",
            "Puts a file of an agreement on record. One that is not what its name says, or holds "
            "macros, is not taken.",
        ),
        (
            Label(
                "암호가 걸린 PDF와 한글 파일은 받지만 본문이 검색되지 않습니다.",
                "A locked PDF or HWP is taken, but its text is not found.",
            ),
        ),
        (),
    ),
    "document_form.change": Help(
        Label(
            "문서의 제목, 구분, 언어, 공개를 고칩니다. 파일은 그대로입니다.",
            "Changes a document's title, kind, language and disclosure; its file stays.",
        ),
        (),
        (),
        "form",
    ),
    "document_form.erase": Help(
        Label(
            "문서의 파일과 본문을 지웁니다. 복구할 수 없고, 해시와 이력은 남습니다.",
            "Erases a document's file and text for good; its hash and history stay.",
        ),
        (),
        (),
        "form",
    ),
    "agreement.show": Help(
        Label(
            "한 협약의 상태와 만료까지 남은 날, 다음 조치, 당사자, 이행과제, 협력, 이력입니다.",
            "One agreement: its standing and days to go, what is next, parties, milestones, "
            "commitments and history.",
        ),
        (
            Label(
                "▸ 표시를 누르면 펼쳐집니다. 인쇄하면 접힌 것도 모두 나옵니다.",
                "Press ▸ to unfold. On paper everything is unfolded.",
            ),
            Label(
                "총괄부서는 오늘의 화면에서 완료, 시작, 종료를 기록하고 되돌립니다.",
                "On today's page the office records what is done, begun, ended or taken back.",
            ),
        ),
        ("party", "milestone", "collaboration", "flag", "unknown_end", "illustrative"),
    ),
    "agreement_form.register": Help(
        Label(
            "새 협약을 당사자와 함께 등록합니다. 시 측은 처음부터 들어 있습니다.",
            "Registers an agreement with its parties. The city's side is there from the start.",
        ),
        (
            Label(
                "번호는 올해 다음 번호를 보여 드립니다. 그사이 다른 사람이 쓴 번호이면 기록하지 "
                "않고 알립니다.",
                "The next number of the year is offered. One that somebody else took meanwhile is "
                "refused, and said.",
            ),
            Label(
                "당사자는 이름으로 찾아 500곳까지 더합니다. 서명일을 비우면 협약의 서명일과 "
                "같습니다.",
                "Parties are found by name, 500 at most. A day of signing left blank is the "
                "agreement's.",
            ),
            Label(
                "기간만 적으면 만료일을 셈해 다음 화면에 보입니다. 확인하고 기록하거나, "
                "‘저장하고 다음 등록’으로 이어 적습니다.",
                "Of a term alone the last day is worked out and shown on the next page. Record it, "
                "or save and add the next one.",
            ),
        ),
        ("party",),
        "form",
    ),
    "agreement_moves.propose": Help(
        Label(
            "아무도 서명하지 않은 협약을 제안으로 올립니다. 승인할 때까지 시 안에서만 보입니다.",
            "Puts forward what nobody has signed. Until it is approved the city alone sees it.",
        ),
        (
            Label(
                "제안한 사람이 아닌 담당자가 검토하고 승인합니다.",
                "Somebody else than its proposer reviews and approves it.",
            ),
            Label(
                "이미 체결한 협약은 ‘새 협약 등록’으로 올립니다.",
                "Record what was signed already as a new agreement.",
            ),
        ),
        ("party",),
        "form",
    ),
    "agreement_moves.review": Help(
        Label(
            "제안을 검토했음을 기록합니다. 검토서는 문서로 올립니다.",
            "Records that a proposal was reviewed. Put the review's paper on record as a document.",
        ),
        (
            Label(
                "자기가 제안한 것은 검토하지 않습니다.",
                "Nobody reviews their own proposal.",
            ),
        ),
        ("party",),
        "form",
    ),
    "agreement_moves.approve": Help(
        Label(
            "검토한 제안을 승인했음을 기록합니다. 그 뒤에 내용을 고치면 다시 초안이 됩니다.",
            "Records that a reviewed proposal was approved. Changed later it is a draft again.",
        ),
        (
            Label(
                "자기가 제안한 것은 승인하지 않습니다.",
                "Nobody approves their own proposal.",
            ),
        ),
        ("party",),
        "form",
    ),
    "agreement_moves.give_back": Help(
        Label(
            "검토했거나 승인한 제안을 이유와 함께 초안으로 되돌립니다.",
            "Makes a reviewed or approved proposal a draft again, with a reason.",
        ),
        (),
        ("party",),
        "form",
    ),
    "agreement_moves.sign": Help(
        Label(
            "어느 기관이 언제 서명했는지 기록합니다. 시와 필요한 수의 기관이 서명하면 체결됩니다.",
            "Records who signed when. Once the city and enough others have, it is concluded.",
        ),
        (
            Label(
                "같은 날 서명한 기관은 한 번에 고릅니다.",
                "Choose all that signed on the same day at once.",
            ),
        ),
        ("party",),
        "form",
    ),
    "agreement_moves.join": Help(
        Label(
            "체결된 협약에 나중에 들어온 기관과 그 날을 기록합니다.",
            "Records a partner that came into a concluded agreement later, and the day.",
        ),
        (),
        ("party",),
        "form",
    ),
    "agreement_moves.leave": Help(
        Label(
            "기관이 탈퇴하는 마지막 날과 사유를 기록합니다. 그 기관의 협력은 그날로 끝납니다.",
            "Records a partner's last day and why it leaves. Its commitments end on that day.",
        ),
        (
            Label(
                "다시 들어오면 참여로 기록합니다.",
                "Record it as joining if it comes back.",
            ),
        ),
        ("party",),
        "form",
    ),
    "agreement_moves.renew": Help(
        Label(
            "지금 기간에 이어지는 새 기간을 기록합니다.",
            "Records a further term that follows on the running one.",
        ),
        (
            Label(
                "끝난 협약은 갱신하지 않습니다. 새 협약을 등록하고 갱신 대상으로 적습니다.",
                "What has ended is not renewed: record a new agreement that names it.",
            ),
        ),
        ("party",),
        "form",
    ),
    "agreement_moves.end": Help(
        Label(
            "협약의 마지막 날과 종료 구분을 이유와 함께 기록합니다. 딸린 협력도 그날로 끝납니다.",
            "Records an agreement's last day and how it ended. Commitments under it end too.",
        ),
        (
            Label(
                "저장하기 전에 함께 끝나는 협력과 비게 되는 과제를 보여 드립니다.",
                "What ends with it, and which tasks lose cover, is shown before it is recorded.",
            ),
        ),
        ("party",),
        "form",
    ),
    "agreement_moves.reopen": Help(
        Label(
            "협약의 종료를 이유와 함께 되돌립니다. 지우지 않고 되돌린 기록을 더합니다.",
            "Takes an agreement's end back, with a reason. An entry is added.",
        ),
        (),
        ("party",),
        "form",
    ),
    "agreement_form.change": Help(
        Label(
            "협약에 대해 지금 알고 있는 것으로 고칩니다. 앞의 것은 이력에 남습니다.",
            "Records what is now known of an agreement. What was there stays in the history.",
        ),
        (
            Label(
                "이유를 꼭 적습니다. 당사자가 서명하지 않았으면 서명일에 ‘미서명’이라고 적습니다.",
                "A reason is needed. Write ‘unsigned’ where a party has not signed.",
            ),
            Label(
                "기간을 고치고 만료일을 비우면 만료일을 다시 셈합니다.",
                "Change the term and clear the last day to have it worked out anew.",
            ),
        ),
        ("party",),
        "form",
    ),
    "milestone_form.register": Help(
        Label(
            "협약 아래 이행과제와 기한, 이행 주체를 정합니다.",
            "Sets a milestone under an agreement: title, day, and who answers for it.",
        ),
        (),
        ("milestone",),
        "form",
    ),
    "milestone_form.change": Help(
        Label(
            "이행과제의 제목, 기한, 이행 주체를 고칩니다. 기한이 바뀌면 알림도 옮겨집니다.",
            "Changes a milestone. If its day moves, its letters move with it.",
        ),
        (),
        ("milestone",),
        "form",
    ),
    "changing.complete": Help(
        Label(
            "이행과제를 언제 무엇으로 확인해 완료했는지 남깁니다. 남은 알림은 나가지 않습니다.",
            "Records when a milestone was done and by what proof. Its letters are withdrawn.",
        ),
        (),
        ("milestone", "evidence"),
        "form",
    ),
    "changing.give_up": Help(
        Label(
            "하지 않기로 한 이행과제를 이유와 함께 취소로 남깁니다.",
            "Records, with a reason, that a milestone is given up.",
        ),
        (),
        ("milestone",),
        "form",
    ),
    "undoing.reopen": Help(
        Label(
            "이행과제의 완료나 취소를 이유와 함께 되돌립니다. 지우지 않고 되돌린 기록을 더합니다.",
            "Takes a completion or cancellation back, with a reason. An entry is added.",
        ),
        (),
        ("milestone",),
        "form",
    ),
    "undoing.resume": Help(
        Label(
            "협력의 종료를 이유와 함께 되돌립니다. 지우지 않고 되돌린 기록을 더합니다.",
            "Takes the end of a commitment back, with a reason. An entry is added.",
        ),
        (),
        ("collaboration",),
        "form",
    ),
    "changing.start": Help(
        Label(
            "당사자가 과제에서 맡는 일과 기술, 역할, 첫날을 기록합니다.",
            "Records what a party takes on: task, technologies, role and first day.",
        ),
        (),
        ("collaboration", "party"),
        "form",
    ),
    "commitment_form.change": Help(
        Label(
            "협력의 과제, 역할, 기술, 분야, 첫날, 공개를 고칩니다. 끝내는 것은 따로 기록합니다.",
            "Changes the task, role, technologies, field, first day or disclosure of a commitment.",
        ),
        (),
        ("evidence",),
        "form",
    ),
    "commitment_form.prove": Help(
        Label(
            "협력이 이행되고 있음을 보이는 증빙을 더합니다. 앞서 적은 것은 그대로 있습니다.",
            "Adds what proves that a commitment is kept. What stood before stays.",
        ),
        (),
        ("evidence",),
        "form",
    ),
    "commitment_form.prove_milestone": Help(
        Label(
            "완료한 이행과제의 증빙을 더합니다. 앞서 적은 것은 그대로 있습니다.",
            "Adds what proves a milestone that is done. What stood before stays.",
        ),
        (),
        ("evidence",),
        "form",
    ),
    "changing.end": Help(
        Label(
            "협력이 끝나는 날과 이유를 기록합니다.",
            "Records the last day of a commitment, and why.",
        ),
        (),
        ("collaboration",),
        "form",
    ),
    "coverage.show": Help(
        Label(
            "과제와 서비스 분야마다 담당 기관이 몇 곳인지 보입니다.",
            "How many partners work on each task in each field.",
        ),
        (
            Label(
                "칸을 누르면 아래에 담당 기관과 근거 협약이 나옵니다.",
                "Press a place of the table to see, below, who works there and under what.",
            ),
        ),
        ("cover", "collaboration", "unknown_end", "on"),
    ),
    "questions.index": Help(
        Label(
            "네트워크에 물을 수 있는 질문의 목록입니다.",
            "What can be asked of the network.",
        ),
    ),
    "questions.show": Help(
        Label(
            "질문 하나의 답을 그림과 표로 보입니다. 둘은 같은 내용입니다.",
            "The answer to one question, as a picture and as a table of the same rows.",
        ),
        (
            Label(
                "묻는 대상과 기준일을 고릅니다. 답은 CSV, 엑셀, 그림(SVG)으로 내려받습니다.",
                "Choose what it is about, and the day. Fetch the answer as CSV, Excel or picture.",
            ),
        ),
        ("partner", "collaboration", "on"),
    ),
    "events.show": Help(
        Label(
            "전시회, 대표단 방문, 회의, 포럼의 일정입니다.",
            "Expos, visits of delegations, conferences and forums.",
        ),
        (),
        ("civil", "revision"),
        "list",
    ),
    "event.show": Help(
        Label(
            "한 행사의 일시와 장소, 신청·제출 마감, 참가하는 기관입니다.",
            "One event: when and where, its deadlines, and which partners attend.",
        ),
        (),
        ("civil", "revision", "partner"),
    ),
    "event_changing.register": Help(
        Label(
            "새 행사를 등록합니다. 시각은 행사가 열리는 곳의 시각으로 적습니다.",
            "Registers an event. Write times as the clocks at its place show them.",
        ),
        (),
        ("civil",),
        "form",
    ),
    "event_changing.change": Help(
        Label(
            "행사의 일시, 장소, 마감, 참가 기관을 고칩니다. 옮긴 것은 한 번 알립니다.",
            "Changes an event. That it was moved is told once.",
        ),
        (),
        ("civil", "revision"),
        "form",
    ),
    "event_changing.cancel": Help(
        Label(
            "행사가 취소되었음을 남깁니다. 참가하는 기관에 한 번 알립니다.",
            "Records that an event is cancelled. Those who attend are told once.",
        ),
        (),
        ("revision",),
        "form",
    ),
    "event_changing.reopen": Help(
        Label(
            "행사의 취소를 이유와 함께 되돌립니다. 지우지 않고 되돌린 기록을 더합니다.",
            "Takes the cancellation of an event back, with a reason. An entry is added.",
        ),
        (),
        ("revision",),
        "form",
    ),
    "catalogue.show": Help(
        Label(
            "협약, 협력, 알림이 가리키는 것의 목록을 한곳에 모았습니다.",
            "The lists of what agreements, commitments and reminders refer to, in one place.",
        ),
        (
            Label(
                "목록으로 가거나, 총괄부서면 바로 등록합니다.",
                "Go to a list, or register something at once if you are the office.",
            ),
        ),
        (),
        "page",
    ),
    "programmes.show": Help(
        Label(
            "시가 발표한 사업입니다. 전략과 서비스 분야가 그 아래에 있습니다.",
            "Programmes that the city announced; strategies and service fields hang under them.",
        ),
        (),
        (),
        "list",
    ),
    "programmes.one": Help(
        Label(
            "사업 하나와 그 아래의 전략과 서비스 분야입니다.",
            "One programme with its strategies and service fields.",
        ),
        (),
        (),
        "page",
    ),
    "programmes.register": Help(
        Label(
            "새 사업 등록에 쓰는 양식입니다.",
            "Register a programme.",
        ),
        (),
        (),
        "form",
    ),
    "programmes.change": Help(
        Label(
            "사업 고치기에 쓰는 양식입니다. 무엇이 왜 바뀌었는지 이력에 남습니다.",
            "Change the programme. What was changed, and why, stays in the history.",
        ),
        (),
        (),
        "form",
    ),
    "strategies.show": Help(
        Label(
            "사업의 추진전략입니다. 과제가 그 아래에 있습니다.",
            "The strategies of programmes; tasks hang under them.",
        ),
        (),
        (),
        "list",
    ),
    "strategies.one": Help(
        Label(
            "전략 하나와 그 아래의 과제입니다.",
            "One strategy with its tasks.",
        ),
        (),
        (),
        "page",
    ),
    "strategies.register": Help(
        Label(
            "새 전략 등록에 쓰는 양식입니다.",
            "Register a strategy.",
        ),
        (),
        (),
        "form",
    ),
    "strategies.change": Help(
        Label(
            "전략 고치기에 쓰는 양식입니다. 무엇이 왜 바뀌었는지 이력에 남습니다.",
            "Change the strategy. What was changed, and why, stays in the history.",
        ),
        (),
        (),
        "form",
    ),
    "tasks.show": Help(
        Label(
            "전략 아래의 과제입니다. 협력은 과제 하나에 대한 약속입니다.",
            "Tasks under strategies; a commitment is to one task.",
        ),
        (),
        (),
        "list",
    ),
    "tasks.one": Help(
        Label(
            "과제 하나와 그 과제를 맡은 기관의 협력입니다.",
            "One task and the commitments of those who work on it.",
        ),
        (),
        (),
        "page",
    ),
    "tasks.register": Help(
        Label(
            "새 과제 등록에 쓰는 양식입니다.",
            "Register a task.",
        ),
        (),
        (),
        "form",
    ),
    "tasks.change": Help(
        Label(
            "과제 고치기에 쓰는 양식입니다. 무엇이 왜 바뀌었는지 이력에 남습니다.",
            "Change the task. What was changed, and why, stays in the history.",
        ),
        (),
        (),
        "form",
    ),
    "service_fields.show": Help(
        Label(
            "사업이 이바지하는 산업과 시민 생활의 분야입니다.",
            "The industries and sides of citizens’ life that a programme serves.",
        ),
        (),
        (),
        "list",
    ),
    "service_fields.one": Help(
        Label(
            "서비스 분야 하나와 그 분야의 협력입니다.",
            "One service field with its commitments.",
        ),
        (),
        (),
        "page",
    ),
    "service_fields.register": Help(
        Label(
            "새 서비스 분야 등록에 쓰는 양식입니다.",
            "Register a service field.",
        ),
        (),
        (),
        "form",
    ),
    "service_fields.change": Help(
        Label(
            "서비스 분야 고치기에 쓰는 양식입니다. 무엇이 왜 바뀌었는지 이력에 남습니다.",
            "Change the service field. What was changed, and why, stays in the history.",
        ),
        (),
        (),
        "form",
    ),
    "technologies.show": Help(
        Label(
            "기관이 협력에 쓰는 기술과 그 다른 이름입니다.",
            "Technologies that partners bring, with their other names.",
        ),
        (),
        (),
        "list",
    ),
    "technologies.one": Help(
        Label(
            "기술 하나와 그 하위 기술, 그 기술을 쓰는 협력입니다.",
            "One technology, what is a kind of it, and the commitments that use it.",
        ),
        (),
        (),
        "page",
    ),
    "technologies.register": Help(
        Label(
            "새 기술 등록에 쓰는 양식입니다.",
            "Register a technology.",
        ),
        (),
        (),
        "form",
    ),
    "technologies.change": Help(
        Label(
            "기술 고치기에 쓰는 양식입니다. 무엇이 왜 바뀌었는지 이력에 남습니다.",
            "Change the technology. What was changed, and why, stays in the history.",
        ),
        (),
        (),
        "form",
    ),
    "departments.show": Help(
        Label(
            "협약과 이행과제를 맡는 시의 부서입니다.",
            "The city’s departments that answer for agreements and milestones.",
        ),
        (),
        (),
        "list",
    ),
    "departments.one": Help(
        Label(
            "부서 하나와 그 부서가 맡은 협약, 이행과제, 담당(역할), 연락처입니다.",
            "One department with its agreements, milestones, roles and contacts.",
        ),
        (),
        (),
        "page",
    ),
    "departments.register": Help(
        Label(
            "새 부서 등록에 쓰는 양식입니다.",
            "Register a department.",
        ),
        (),
        (),
        "form",
    ),
    "departments.change": Help(
        Label(
            "부서 고치기에 쓰는 양식입니다. 무엇이 왜 바뀌었는지 이력에 남습니다.",
            "Change the department. What was changed, and why, stays in the history.",
        ),
        (),
        (),
        "form",
    ),
    "calendar_days.show": Help(
        Label(
            "공휴일 말고 따로 정한 휴일과 근무일입니다. 알림은 근무일에 나갑니다.",
            "Days off and on that were declared beside the public holidays. Reminders go out on "
            "working days.",
        ),
        (),
        (),
        "list",
    ),
    "calendar_days.one": Help(
        Label(
            "따로 정한 날 하루와 그 근거입니다.",
            "One declared day and what decreed it.",
        ),
        (),
        (),
        "page",
    ),
    "calendar_days.register": Help(
        Label(
            "임시 공휴일이나 따로 정한 근무일을 지정합니다. 그날에 걸린 알림이 어디로 "
            "옮겨지는지 다음 화면에 나옵니다.",
            "Declares a day off or on. The next page shows which reminders move by it.",
        ),
        (),
        (),
        "form",
    ),
    "calendar_days.change": Help(
        Label(
            "휴일·근무일 고치기에 쓰는 양식입니다. 무엇이 왜 바뀌었는지 이력에 남습니다.",
            "Change the declared day. What was changed, and why, stays in the history.",
        ),
        (),
        (),
        "form",
    ),
    "history.show": Help(
        Label(
            "누가 언제 무엇을 왜 바꾸었는지의 기록입니다. 쌓인 기록은 빠지지 않습니다.",
            "Who changed what, when and why. No entry is ever taken out.",
        ),
        (
            Label(
                "무엇을, 누가, 기간으로 좁힙니다. ‘지금 확인하기’는 처음부터 다시 계산해 조금 "
                "걸립니다.",
                "Narrow it by what, who and when. Checking all of it takes a while.",
            ),
        ),
        ("chain",),
    ),
}
"""By endpoint; in the order of the register."""
