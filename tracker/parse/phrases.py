"""The set phrases of news pages, as patterns: headings of footers, labels, prompts, the desk's lines. Data for `prompts`, no rules."""
from __future__ import annotations

import re
from typing import Final


def _any(*phrases: str, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(phrases)}){after}", re.IGNORECASE)


# Headings after which a page turns to other stories.
HEADINGS: Final = _any(
    r"(?:the )?latest(?: news| stories| headlines| updates| articles| posts| from .{1,40})?", r"news ?feed", r"live feed", r"top (?:stories|news|headlines)",
    r"more (?:from|in|on|about|by) .{1,50}", r"more (?:stories|news|articles|headlines|coverage|top stories)", r"(?:read|see|explore|discover) more",
    r"related(?: (?:stories|articles|news|topics|coverage|content|posts|links|reading|items|headlines))?",
    r"(?:you )?(?:may|might)(?: also)? (?:also )?(?:like|be interested in)", r"recommended(?: (?:for you|stories|articles|reading|videos?))?",
    r"(?:must|also) reads?", r"read (?:also|next|this next)", r"what to read next", r"up next", r"see also", r"keep reading", r"hot topics?", r"breaking news",
    r"most (?:read|popular|viewed|commented|shared|recent|watched|discussed|emailed)(?: .{1,30})?", r"popular(?: (?:now|stories|news|on .{1,30}))?",
    r"trending(?: (?:now|stories|news|topics))?", r"special coverage", r"editor'?s'? (?:picks?|choice)", r"don'?t miss", r"in other news",
    r"in case you missed it", r"elsewhere on .{1,40}", r"around the web", r"from (?:our partners|the web)", r"promoted (?:content|stories)",
    r"sponsored(?: content| stories| links)?", r"other (?:news|stories)", r"featured(?: stories| news| articles)?", r"today'?s (?:headlines|top stories)",
    r"(?:next|previous) (?:story|article|up)", r"our (?:latest|best) .{1,30}", r"what others are reading", r"news in brief",
    after="[:.…>» ]*")

# Lines that are nothing but a button, a menu's entry, a counter or a section.
LABELS: Final = _any(
    r"menu", r"search", r"home", r"close", r"open", r"top", r"(?:back|go) to top", r"skip to (?:main )?content", r"skip navigation", r"(?:main )?navigation",
    r"toggle .{1,30}",
    r"[a-z]+(?:_[a-z]+)+", r"(?:text|font) size", r"size", r"a[ +-]{0,2}a?", r"small|medium|large", r"(?:print|e-?mail)(?: this)?(?: (?:page|article|story))?",
    r"save(?: (?:article|story|for later))?", r"bookmark", r"share(?: (?:this|on|via|to) .{1,40})?", r"(?:re)?tweet(?: this)?", r"pin it", r"facebook",
    r"twitter", r"x",
    r"whats ?app", r"telegram", r"linkedin", r"reddit", r"instagram", r"youtube", r"tik ?tok", r"messenger", r"viber", r"copy(?: the)? (?:link|url)",
    r"(?:link )?copied!?",
    r"(?:dis)?like", r"reply", r"report", r"flag", r"(?:\d[\d,.]* ?k?)? ?(?:comments?|shares?|views?|likes?|reactions?|reads?|replies|retweets)(?: \d[\d,.]*)?",
    r"(?:comments|views|shares): ?\d[\d,.]*", r"add (?:a )?comments?", r"leave a (?:comment|reply)",
    r"(?:view|show|post|join|see|read)(?: all| the)? (?:comments?|conversation|discussion)", r"\d[\d.,:/ ]*", r"\d+ (?:photos?|images?|videos?)",
    r"(?:show|load|view|see|read|click for) (?:more|less|all)", r"more|less", r"continue(?: reading)?", r"(?:next|previous)(?: page)?", r"page \d+(?: of \d+)?",
    r"(?:est(?:imated)?\.? )?(?:reading time:? ?)?(?:about )?\d{1,3}[ -]?(?:min(?:ute)?s?\.?)(?:[ -](?:read|listen|watch|video|reading time))?(?: time)?",
    r"(?:reading|read) time:? .{1,20}", r"time to read:? .{1,15}", r"(?:.{0,30} )?\d+ (?:second|minute|min|hour|day|week|month)s? ago(?: .{0,20})?",
    r"just now",
    r"yesterday at \d.{0,10}", r"advertisements?", r"ads?", r"advertising", r"ad feedback", r"sponsored|promoted", r"partner content",
    r"(?:article|story) continues (?:below|after) .{1,40}", r"remove ads?", r"(?:log|sign) ?(?:in|out|up)", r"register", r"sign in or register",
    r"(?:my )?account",
    r"subscribe(?: now)?", r"donate", r"support us", r"join(?: us| now)?", r"follow(?: us|ing)?", r"contact(?: us)?", r"about(?: us)?", r"newsletters?",
    r"podcasts?",
    r"(?:photo )?gallery", r"videos?|photos?", r"in pictures", r"watch(?: now| live| video)?", r"watch the video", r"listen(?: now)?",
    r"listen to (?:this )?(?:article|story)(?: .{1,20})?", r"play|pause|mute", r"live(?: ?blog)?", r"privacy(?: policy)?", r"cookie(?:s| policy| settings)?",
    r"terms(?: (?:of (?:use|service)|and conditions|& conditions|and privacy))?", r"accessibility", r"site ?map", r"careers", r"advertise(?: with us)?",
    r"imprint|impressum",
    r"faq", r"help", r"(?:tags?|topics?|keywords?|categor(?:y|ies))(?::.{0,80})?", r"filed under:? .{1,60}", r"in this (?:story|article)(?::.{0,60})?",
    r"key points",
    r"highlights", r"at a glance", r"\(?updated:?\W*", r"last (?:updated|modified):?", r"published|posted|by|author", r"about the author",
    r"(?:written|edited) by",
    r"reporter|editor", r"image|photo|picture|caption|credit|video|sources?", r"english|en|language", r"(?:us|uk|international|change) edition",
    r"news|world|politics|business|sports?|opinion|culture|technology|tech|science|health|lifestyle|entertainment|travel|weather|markets|economy|national|"
    r"local",
    r"arts|style|food|magazine|obituaries|education|environment|climate|society|analysis|features|investigations?|exclusive|breaking|all news",
    r"(?:accept|reject)(?: all)?(?: cookies)?", r"manage (?:cookies|preferences|settings)", r"got it!?", r"ok|yes|no", r"dismiss|cancel|submit|send",
    r"(?:i )?agree",
    r"enlarge(?: (?:this )?image)?", r"(?:toggle|hide) caption", r"expand|collapse",
    after="[:.…>»|+ ]*")

# How lines to the reader begin.
PROMPTS: Final = _any(
    r"(?:please )?follow (?:us|our|me|@|the .{1,40} on (?:x|twitter|facebook|telegram|instagram))\b",
    r"join (?:us (?:on|at|in)\b|our\b|the (?:conversation|discussion))",
    r"join .{1,40} (?:on|via) (?:telegram|whatsapp|facebook)", r"(?:sign|signing) up (?:for|to|here|now|today|with)\b",
    r"subscribe (?:to|now|today|here|for|via)\b",
    r"get (?:our|the|your) (?:.{1,40} )?(?:newsletter|app|briefing|alerts|stories|headlines|news)\b",
    r"get (?:more|the latest|breaking|all the latest|unlimited) .{1,80}",
    r"stay (?:up to date|informed|tuned|connected|on top)\b", r"never miss\b", r"be the first to\b", r"(?:download|install) (?:the|our)\b",
    r"click (?:here|on|the|to|below)\b", r"tap (?:here|to)\b", r"scroll (?:down|to)\b", r"swipe (?:left|right|to)\b",
    r"you can (?:also )?(?:highlight|select|follow|find us|read|watch|listen|subscribe|support|contact|reach us|send us|share|comment)\b",
    r"(?:if you |have you )?(?:spot|spotted|found|find|notice|noticed|see|seen)(?: an?| any)? (?:error|mistake|typo|inaccura|something (?:wrong|inaccurate))",
    r"(?:to )?report an? (?:error|typo|mistake|correction)", r"(?:please )?(?:highlight|select) (?:it|the (?:text|error|mistake))", r"press ctrl",
    r"did you (?:find|spot|notice) an?\b", r"why you can trust", r"share (?:this|your|on|with (?:us|your|friends))\b",
    r"(?:like|liked) (?:this|what you) (?:story|article|read)", r"do you (?:have|know) .{1,60}\?",
    r"have (?:a (?:news |story )?tip|you got|questions|something to)\b", r"got a (?:tip|story|question)", r"send (?:us|your|tips)\b",
    r"contact (?:us|the (?:author|editor|reporter|newsroom))",
    r"(?:read|see|watch|listen|learn|find out|view)(?: more| also| next| now| this| it| all| on| here| related)(?: (?:about|on|at|from|here|in|our|of))?[:»>]",
    r"(?:also |must )?read(?: also| next| more)?[:»>]",
    r"(?:related|see also|watch|listen|in pictures|video|photos?|gallery|explainer|further reading|more on .{1,40})(?: (?:article|story|news|coverage|stories|"
    r"articles))?[:»>] ?",
    r"read (?:the )?(?:full|whole|original|entire|complete|rest)\b.{0,20}\b(?:article|story|text|report|piece|interview)\b",
    r"read (?:more|it|all)(?: .{1,40})? (?:at|on|in|about|from|here)\b", r"continue reading\b",
    r"for more (?:on|news|stories|information|coverage|details|about)\b.{0,80}(?:click|visit|follow|go to|see|read|our|www)", r"visit (?:our|us|www)",
    r"(?:this|our|the) (?:web)?(?:site|page) uses? cookies", r"we (?:and our partners )?use cookies", r"we value your privacy",
    r"by (?:clicking|continuing|signing up|subscribing|submitting|using this|entering your)\b", r"your (?:privacy|browser|subscription|e-?mail address)\b",
    r"please (?:enable|disable|log in|sign in|check your|consider (?:supporting|subscribing|donating)|read our|note that your|support (?:us|our))\b",
    r"enable javascript",
    r"javascript is", r"already (?:a (?:member|subscriber)|have an account|registered|subscribed)\b", r"not (?:a subscriber|registered)",
    r"(?:create|choose) (?:a free |your )?(?:account|plan)",
    r"this (?:article|content|story|video) is (?:only )?(?:for (?:subscribers|members)|available (?:to|for)|not available|reserved)",
    r"unlock (?:this|the|full)",
    r"start your (?:free )?trial", r"for (?:only|just|as little as) [$€£]", r"(?:support|fund|back) (?:our|independent|quality) (?:journalis|report|work|"
    r"newsroom|coverage)",
    r"support us\b", r"become an? (?:member|patron|supporter|subscriber) (?:of|today|now|and|to|for|here)", r"(?:make a|please) donat",
    r"donate (?:to (?:us|our)|now|today|here)\b",
    r"buy (?:us|me) a coffee", r"help (?:us|keep our|support our)\b", r"(?:the )?(?:views|opinions)(?: and opinions)? expressed", r"our standards:",
    r"(?:read )?our (?:editorial|corrections?|ethics) (?:policy|standards|guidelines|code)", r"editorial standards", r"see our corrections",
    r"corrections policy",
    r"thank you for (?:reading|subscribing|signing)", r"thanks for (?:reading|signing|subscribing)", r"comments (?:are closed|on this)", r"advertisement\b",
    r"sponsored (?:by|content)",
    r"paid (?:post|content)", r"(?:article|story) continues", r"photo(?:s|graphs?)? by:?", r"(?:hosted|produced|presented|narrated) by .{1,60}\bpodcast",
    before=r"\W{0,4}")
# Words that only a prompt holds, wherever someone is quoted beside them.
STRONG: Final = _any(r"press ctrl", r"uses? cookies", r"all rights reserved", r"our newsletter", r"sign up (?:for|to) (?:our|the)", r"(?:join|follow) us on",
                     r"follow our (?:coverage|live|reporting)")

_BEFORE: Final = r"[(\[—–*_ -]{0,3}"
_AFTER: Final = r"[)\]*_ .]{0,3}"
# Lines of the desk: who helped, where it first stood, what the editor notes.
DESK_NAMES: Final = _any(
    r"(?:additional |with (?:additional )?)?(?:reporting|writing|editing|translation|research|inputs?|contributions?) (?:by|from)\s.{1,200}",
    r"(?:reported|written|edited|translated|compiled) by\s.{1,200}", r"sources?:\s?.{1,80}", r".{3,60}\breported from [A-Z].{0,100}",
    before=_BEFORE, after=_AFTER)
DESK_NOTES: Final = _any(
    r"with (?:inputs?|reporting|files|material|agencies|contributions?|information|wires?)\b.{0,120}",
    r".{3,160}\bcontributed(?: (?:additional |to )?(?:this|the)?\s?(?:reporting|report|story|article))\b.{0,100}",
    r".{3,100}\b(?:contributed reporting|contributed from)\b.{0,100}",
    r"(?:editor'?s? note|note to (?:readers|editors)|disclaimer|about the author)\b.{0,500}",
    r"this (?:article|story|report|piece|text|post)\b.{0,40}\b(?:(?:first|originally) (?:published|appeared)|translated from|has been updated|"
    r"was (?:last )?updated|republished|syndicated|"
    r"adapted from|(?:generated|produced|written) (?:by|with|using) (?:ai|artificial|machine|an? automat))\b.{0,200}",
    r"the post .{3,200} appeared first on .{2,60}", r"(?:originally|first) (?:published|appeared) (?:on|in|at|by)\b.{0,100}",
    before=_BEFORE, after=_AFTER)

COPYRIGHT: Final = re.compile(
    r"\W{0,3}(?:©|\(c\)|&copy;|copyright\b)(?!\s+(?:law|infring|claim|case|suit|hold|office|act\b|lawsuit|troll|strike|protect)).{0,200}", re.IGNORECASE)
RIGHTS: Final = _any(
    r"\ball rights reserved\b", r"\bmay not be (?:published|reproduced|copied)\b.{0,60}\b(?:broadcast|rewritten|redistributed|permission|reproduced)",
    r"\b(?:reproduction|unauthori[sz]ed (?:use|reproduction|copying))\b.{0,60}\b(?:prohibited|forbidden|permission)\b",
    r"\bregistered (?:trademark|in england)\b")
