"""What a line says by its form alone: labels and menus, prompts to readers, captions, bylines, stamps, copyright lines."""
from __future__ import annotations

import re
from typing import Final

from tracker.parse.stamps import is_stamp
from tracker.text import straight

_LONGEST: Final = 700  # characters of a line that may be furniture as a whole; a longer one is a paragraph, whatever it starts with

_NAME: Final = r"(?:[A-Z][\w'.-]*|[A-Z]{2,})(?: (?:[A-Z][\w'.-]*|de|van|von|der|al|bin|el|la|and|&))*"
_AGENCIES: Final = (r"AP|AFP|Reuters|REUTERS|EPA|EFE|dpa|DPA|ANSA|UPI|TASS|Tass|Sputnik|Xinhua|KCNA|Yonhap|Kyodo|PA|ANI|PTI|Getty(?: Images)?|AP Photo|Pool|POOL|Shutterstock|"
                    r"iStock|Alamy|Bloomberg|Anadolu|NurPhoto|Zuma|Handout|File|Wikimedia Commons|Unsplash")

# Headings after which a page turns to other stories.
HEADINGS: Final = re.compile(
    r"(?:(?:the )?latest(?: news| stories| headlines| updates| articles| posts| from .{1,40})?|news ?feed|live feed|top (?:stories|news|headlines)|"
    r"more (?:from|in|on|about|by) .{1,50}|more (?:stories|news|articles|headlines|coverage|top stories)|(?:read|see|explore|discover) more|"
    r"related(?: (?:stories|articles|news|topics|coverage|content|posts|links|reading|items|headlines))?|(?:you )?(?:may|might)(?: also)? (?:also )?(?:like|be interested in)|"
    r"recommended(?: (?:for you|stories|articles|reading|videos?))?|(?:must|also) reads?|read (?:also|next|this next)|what to read next|up next|see also|"
    r"most (?:read|popular|viewed|commented|shared|recent|watched|discussed|emailed)(?: .{1,30})?|popular(?: (?:now|stories|news|on .{1,30}))?|trending(?: (?:now|stories|news|topics))?|"
    r"special coverage|editor'?s'? (?:picks?|choice)|don'?t miss|in other news|in case you missed it|elsewhere on .{1,40}|around the web|from our partners|"
    r"promoted (?:content|stories)|sponsored(?: content| stories| links)?|from the web|other (?:news|stories)|featured(?: stories| news| articles)?|hot topics?|breaking news|"
    r"today'?s (?:headlines|top stories)|keep reading|next (?:story|article|up)|previous (?:story|article)|our (?:latest|best) .{1,30}|what others are reading|news in brief)[:.…>» ]*",
    re.IGNORECASE)

_LABELS: Final = re.compile(
    r"(?:menu|search|home|close|open|top|back to top|go to top|skip to (?:main )?content|skip navigation|main navigation|navigation|toggle .{1,30}|bar_progress|[a-z]+(?:_[a-z]+)+|"
    r"text size|font size|size|a[ +-]{0,2}a?|small|medium|large|print(?: this)?(?: (?:page|article|story))?|e-?mail(?: this)?(?: (?:article|story))?|save(?: (?:article|story|for later))?|bookmark|"
    r"share|share(?: (?:this|on|via|to) .{1,40})|tweet|tweet this|retweet|pin it|facebook|twitter|x|whats ?app|telegram|linkedin|reddit|instagram|youtube|tik ?tok|messenger|viber|"
    r"copy(?: the)? link|link copied!?|copied!?|copy url|like|dislike|reply|report|flag|"
    r"(?:\d[\d,.]* ?k?)? ?(?:comments?|shares?|views?|likes?|reactions?|reads?|replies|retweets)(?: \d[\d,.]*)?|(?:comments|views|shares): ?\d[\d,.]*|add (?:a )?comments?|leave a (?:comment|reply)|(?:view|show|post|join|see|read)(?: all| the)? (?:comments?|conversation|discussion)|"
    r"\d[\d.,:/ ]*|\d+ (?:photos?|images?|videos?)|"
    r"(?:show|load|view|see|read|click for) (?:more|less|all)|more|less|continue(?: reading)?|next|previous|next page|previous page|page \d+(?: of \d+)?|"
    r"(?:est(?:imated)?\.? )?(?:reading time:? ?)?(?:about )?\d{1,3}[ -]?(?:min(?:ute)?s?|mins?\.?)(?:[ -](?:read|listen|watch|video|reading time))?(?: time)?|(?:reading|read) time:? .{1,20}|time to read:? .{1,15}|"
    r"(?:.{0,30} )?(?:\d+ (?:second|minute|min|hour|day|week|month)s? ago)(?: .{0,20})?|just now|yesterday at \d.{0,10}|"
    r"advertisements?|ads?|advertising|ad feedback|sponsored|promoted|partner content|article continues (?:below|after) .{1,40}|story continues (?:below|after) .{1,40}|remove ads?|"
    r"log ?in|log ?out|sign ?in|sign ?up|register|sign in or register|my account|account|subscribe(?: now)?|donate|support us|join|join (?:us|now)|follow|follow us|following|contact(?: us)?|about(?: us)?|"
    r"newsletters?|podcasts?|videos?|photos?|gallery|photo gallery|in pictures|watch(?: now| live| video)?|watch the video|listen(?: now)?|listen to (?:this )?(?:article|story)(?: .{1,20})?|play|pause|mute|live|live blog|"
    r"privacy(?: policy)?|cookie(?:s| policy| settings)?|terms(?: (?:of (?:use|service)|and conditions|& conditions))?|terms and privacy|accessibility|sitemap|careers|advertise(?: with us)?|imprint|impressum|faq|help|"
    r"tags?:?(?: .{1,80})?|topics?:? ?|keywords?: .{1,80}|categor(?:y|ies):? ?.{0,60}|filed under:? .{1,60}|in this (?:story|article):? ?.{0,60}|key points|highlights|at a glance|"
    r"(?:\(?updated:? ?\W*\)?)|last (?:updated|modified):?|published:?|posted:?|by|author:?|about the author|written by|edited by|reporter|editor|image|photo|picture|caption|credit|video|source|sources|"
    r"english|en|us edition|international edition|uk edition|change edition|language|news|world|politics|business|sports?|opinion|culture|technology|tech|science|health|lifestyle|entertainment|travel|weather|"
    r"markets|economy|national|local|arts|style|food|magazine|obituaries|education|environment|climate|society|analysis|features|investigations?|exclusive|breaking|all news|"
    r"accept(?: all)?(?: cookies)?|reject(?: all)?|manage (?:cookies|preferences|settings)|got it!?|ok|yes|no|dismiss|cancel|submit|send|i agree|agree|enlarge(?: (?:image|this image))?|toggle caption|hide caption|expand|collapse)"
    r"[:.…>»|+ ]*", re.IGNORECASE)

_PROMPTS: Final = re.compile(
    r"(?:\W{0,4})(?:(?:please )?follow (?:us|our|me|@|the .{1,40} on (?:x|twitter|facebook|telegram|instagram))\b|join (?:us (?:on|at|in)\b|our\b|the (?:conversation|discussion)|.{1,40} (?:on|via) (?:telegram|whatsapp|facebook))|"
    r"(?:sign|signing) up (?:for|to|here|now|today|with)\b|subscribe (?:to|now|today|here|for|via)\b|get (?:our|the|your) (?:.{1,40} )?(?:newsletter|app|briefing|alerts|stories|headlines|news)\b|"
    r"get (?:more|the latest|breaking|all the latest|unlimited|full) .{1,80}|stay (?:up to date|informed|tuned|connected|on top)\b|never miss\b|be the first to\b|"
    r"download (?:the|our)\b|install (?:the|our)\b|click (?:here|on|the|to|below)\b|tap (?:here|to)\b|scroll (?:down|to)\b|swipe\b|"
    r"you can (?:also )?(?:highlight|select|follow|find us|read|watch|listen|subscribe|support|contact|reach|send|share|comment)\b|(?:if you |have you )?(?:spot|spotted|found|find|notice|noticed|see|seen)(?: an?| any)? (?:error|mistake|typo|inaccura|something (?:wrong|inaccurate))|"
    r"to report an? (?:error|typo|mistake)|report an? (?:error|typo|mistake|correction)|(?:please )?(?:highlight|select) (?:it|the (?:text|error|mistake))|press ctrl|"
    r"share (?:this|your|on|with)\b|(?:like|liked) (?:this|what you) (?:story|article|read)|do you (?:have|know) .{1,60}\?|have (?:a|any|you) (?:news |story )?(?:tips?|got|questions|something)\b|got a (?:tip|story|question)|send (?:us|your|tips)\b|contact (?:us|the (?:author|editor|reporter|newsroom))|"
    r"(?:read|see|watch|listen|learn|find out|view)(?: more| also| next| now| this| it| all| on| here| related)(?: (?:about|on|at|from|here|in|our|of))?[:»>]|(?:also |must )?read(?: also| next| more)?[:»>]|(?:related|see also|watch|listen|in pictures|video|photos?|gallery|live|explainer|opinion|further reading|more on (?:this|that|the) (?:story|topic)|more on .{1,40})(?: (?:article|story|news|coverage|stories|articles))?[:»>] ?|"
    r"read (?:the )?(?:full|whole|original|entire|complete|rest)\b.{0,20}\b(?:article|story|text|report|piece|interview)\b|read (?:more|it|all)(?: .{1,40})? (?:at|on|in|about|from|here)\b|continue reading\b|for more (?:on|news|stories|information|coverage|details|about)\b.{0,80}(?:click|visit|follow|go to|see|read|our|www)|visit (?:our|us|www)|"
    r"(?:this|our|the) (?:web)?(?:site|page) uses? cookies|we (?:and our partners )?use cookies|we value your privacy|by (?:clicking|continuing|signing|subscribing|submitting|using|entering)\b|your (?:privacy|browser|subscription|email|account|support)\b|please (?:enable|disable|enter|log|sign|check|consider|read our|note that your|support)\b|enable javascript|javascript is|"
    r"already (?:a|have|registered|subscribed)\b|not (?:a subscriber|registered)|(?:create|choose) (?:a free |your )?(?:account|plan)|(?:this|the) (?:article|content|story|video) is (?:only )?(?:for|available|not available|free|reserved)|unlock (?:this|the|full)|start your (?:free )?trial|for (?:only|just|as little as) [$€£]|"
    r"(?:support|fund|back) (?:our|independent|quality|us|the .{1,30}'s)\b|become an? (?:member|patron|supporter|subscriber)|(?:make a|help us by|please) donat|donate (?:to|now|today|here)\b|buy (?:us|me) a coffee|help (?:us|keep|support)\b|"
    r"(?:the )?(?:views|opinions)(?: and opinions)? expressed|our standards:|(?:read )?our (?:editorial|corrections?|ethics) (?:policy|standards|guidelines|code)|editorial standards|see our corrections|corrections policy|"
    r"thank you for (?:reading|subscribing|signing|your)|thanks for (?:reading|signing|subscribing)|(?:comments|commenting) (?:are|is|on this)|be (?:the first to comment|respectful)|advertisement\b|sponsored (?:by|content)|paid (?:post|content)|article continues|story continues|"
    r"photo(?:s|graphs?)? by:?|(?:hosted|produced|presented|narrated) by .{1,60}\bpodcast)", re.IGNORECASE)
_STRONG: Final = re.compile(r"press ctrl|uses? cookies|all rights reserved|our newsletter|sign up (?:for|to) (?:our|the)|(?:join|follow) us on|follow our (?:coverage|live|reporting)", re.IGNORECASE)
_SAID: Final = re.compile(r"\b(?:said|says|told|added|according to|reported|announced|wrote|warned|urged|called)\b", re.IGNORECASE)

_COPYRIGHT: Final = re.compile(r"\W{0,3}(?:©|\(c\)|&copy;|copyright\b)(?!\s+(?:law|infring|claim|case|suit|hold|office|act\b|lawsuit|troll|strike|protect)).{0,200}", re.IGNORECASE)
_RIGHTS: Final = re.compile(r"\ball rights reserved\b|\bmay not be (?:published|reproduced|copied)\b.{0,60}\b(?:broadcast|rewritten|redistributed|permission|reproduced)|"
                            r"\b(?:reproduction|unauthori[sz]ed (?:use|reproduction|copying))\b.{0,60}\b(?:prohibited|forbidden|permission)\b|\bregistered (?:trademark|in england)\b", re.IGNORECASE)
_COPYRIGHT_WORDS: Final = 45

_CAPTION_END: Final = re.compile(
    rf"(?:[(\[—–-]\s*)?(?:(?:photo|image|picture|pic|credit|file photo)s?\s*(?:credit|source|by|courtesy)?\s*[:=/]\s*.{{0,60}}|(?:\[|\()\s*(?:image|photo|picture)\s*(?:source|credit|by|courtesy)?\s*[=:]?.{{0,60}}|"
    rf"(?:(?<=[.!?”\"\s(])|^)(?:{_NAME}\s*/\s*)?(?:{_NAME}\s*(?:/|,|via|for|-|\|)\s*)(?:{_AGENCIES})(?:\s*/?\s*(?:via|/|for)\s*(?:{_AGENCIES}|{_NAME}))*|(?:{_AGENCIES})\s*/\s*{_NAME}|(?:via )?getty images|ap photo.{{0,40}}|(?:file|handout|courtesy) (?:photo|image|picture).{{0,40}}|"
    rf"(?:photo|image|picture)s? (?:courtesy|by|via|from|provided by) .{{1,50}}|screen ?(?:shot|grab).{{0,50}}|handout)\s*[)\]]?\.?$", re.IGNORECASE)
_CAPTION_CASED: Final = re.compile(rf"(?:^|[.!?”’\"\s)])(?:Photo|Image|Picture)?(?:Credit|Photograph by|Photo by|Image by|Photo:|Credit:)\s?(?:\.\.\.)?{_NAME}(?:\s?(?:/|,|for|via|-)\s?{_NAME})*\.?$")
_SLASHED: Final = re.compile(rf"[(\[]\s*(?:{_NAME}\s*/\s*)+{_NAME}(?:\s+via\s+{_NAME})?\s*[)\]]\.?$|[(\[]\s*(?:Photo|Image|Picture|Credit|AP Photo|File|Handout)\b[^()\[\]]{{0,80}}[)\]]\.?$")
_CAPTION_START: Final = re.compile(
    r"(?:in this (?:\w+[ ,]{1,2}){0,5}(?:photo(?:graph)?|image|picture|handout|frame|still|screen ?(?:shot|grab))\b|(?:file|handout|pool|undated|representative|illustrative|archive|stock|courtesy) (?:photo(?:graph)?|image|picture|footage)\b|"
    r"(?:photo|image|picture|caption|pictured|file)(?: \d+)?\s*[:|]|\[?(?:image|photo) (?:source|credit)\b|(?:photo|image|credit)s?:|illustration(?: by|:)|a (?:general view|file photo)\b|this (?:combination (?:of )?)?(?:file |handout |undated |satellite |combination )+(?:photo(?:graph)?|image|picture)s?\b)", re.IGNORECASE)
POSED: Final = re.compile(r"\((?:left|right|centre|center|l|r|c|top|bottom|second (?:from )?(?:left|right)|2nd [lr]|(?:from |front |far )(?:left|right))\)|, (?:left|right|center|centre),", re.IGNORECASE)

BYLINE: Final = re.compile(rf"(?:by|written by|from|posted by|author:?|reported by|story by|text by)[: ]\s*(?P<who>{_NAME}(?:\s*(?:,|and|&|\||/|·|•|—|–|-|in|for)\s*{_NAME})*)(?:\W+.{{0,60}})?", re.IGNORECASE)
_VIEWS: Final = re.compile(r"(?:[A-Z][\w.'-]* ){1,4}(?:views?|posts?|articles?|\d+ (?:followers|articles|posts))", re.IGNORECASE)
_DESK: Final = re.compile(
    r"[(\[—–*_ -]{0,3}(?:(?:additional |with (?:additional )?)?(?:report(?:ing|ed)|writing|written|edited|editing|translat(?:ed|ion)|compiled|research|inputs?|files|material|contributions?)\s*(?::|by|from)\s.{1,200}|"
    r"with (?:inputs?|reporting|files|material|agencies|contributions?|information|wires?)\b.{0,120}|.{3,160}\b(?:contributed(?: (?:additional |to )?(?:this|the)?\s?(?:reporting|report|story|article))|reported from|contributed reporting|contributed from)\b.{0,160}|"
    r"(?:editor'?s? note|note to (?:readers|editors)|disclaimer|about the author)\b.{0,500}|this (?:article|story|report|piece|text|post|digest)\b.{0,40}\b(?:was|is|has been|first|originally)\b.{0,30}\b(?:published|appeared|translated|generated|produced|written|updated|edited|republished|syndicated|adapted|posted|a digest)\b.{0,200}|"
    r"(?:originally|first) (?:published|appeared)\b.{0,120}|source:\s?.{1,60}|sources:\s?.{1,80})[)\]*_ ]{0,3}", re.IGNORECASE)
_NOTE: Final = re.compile(r"([*_]{1,2})[^*_].{3,300}\1")
_LINK: Final = re.compile(r"(?:https?://\S+|www\.\S+|@\w{2,30}|#\w{2,40}|!\[.{0,300}\]\(.{0,500}\)|<[^<>]{1,300}>|[\w.+-]+@[\w-]+\.[\w.]+|pic\.twitter\.com/\S+)(?:[\s|,]+(?:https?://\S+|@\w{2,30}|#\w{2,40}|pic\.\S+))*", re.IGNORECASE)
_RULE: Final = re.compile(r"[\W_]+")


def form_of(text: str) -> str:
    """What a line is by its form: "label", "heading", "prompt", "caption", "copyright", "byline", "stamp", "desk", "note", "link"; "" is none of these."""
    if len(text) > _LONGEST:
        return ""
    plain = straight(text).strip()
    size = len(plain.split())
    if _RULE.fullmatch(plain):
        return "label"
    if is_stamp(plain):
        return "stamp"
    if size <= 10 and HEADINGS.fullmatch(plain):
        return "heading"
    if size <= 14 and (_LABELS.fullmatch(plain) or _VIEWS.fullmatch(plain)):
        return "label"
    if _LINK.fullmatch(plain):
        return "link"
    if size <= _COPYRIGHT_WORDS and (_COPYRIGHT.fullmatch(plain) or _RIGHTS.search(plain)):
        return "copyright"
    if is_caption(plain, size):
        return "caption"
    if size <= 14 and BYLINE.fullmatch(plain) and plain[-1] not in "?!" and plain[0].isupper():
        return "byline"
    if _DESK.fullmatch(plain):
        return "desk"
    return _prompt(plain, size)


def _prompt(plain: str, size: int) -> str:
    if size <= 45 and _PROMPTS.match(plain) and (_STRONG.search(plain) or not _SAID.search(plain)):
        return "prompt"
    return "note" if _NOTE.fullmatch(plain) else ""


def is_caption(plain: str, size: int) -> bool:
    """Whether a line is a picture's caption or credit."""
    if size > 90:
        return False
    tail = plain[-160:]
    if _SLASHED.search(tail) or _CAPTION_CASED.search(tail):
        return True
    if _CAPTION_START.match(plain):
        return True
    return size <= 60 and bool(_CAPTION_END.search(tail)) and not _SAID.search(tail[-60:])
