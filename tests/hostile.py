"""Texts that attack a page, one a kind: what a name, a quote, an address or a date may hold when somebody means harm."""
from __future__ import annotations

PAYLOADS = (
    # elements
    "<script>window.hit=1</script>", "</script><script>window.hit=1</script>", "<ScRiPt >window.hit=1</sCrIpT >", "<script/src=data:,window.hit=1>",
    "<<script>window.hit=1//<</script>", "<!--<script>window.hit=1</script>-->", "--!><script>window.hit=1</script>",
    "<![CDATA[<script>window.hit=1</script>]]>", "]]><b>", "<?xml version='1.0'?><script>window.hit=1</script>", "<img src=x onerror=window.hit=1>",
    "<img/src='x'/onerror=window.hit=1>", "<svg onload=window.hit=1>", "<svg><script>window.hit=1</script></svg>",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>", "<svg><a xlink:href='javascript:window.hit=1'><text>x</text></a></svg>",
    "<math><mtext></p><img src=x onerror=window.hit=1>", "<iframe srcdoc='<script>parent.hit=1</script>'>", "<iframe src=javascript:parent.hit=1>",
    "<object data=javascript:window.hit=1>", "<embed src=https://evil.example/x.swf>", "<details open ontoggle=window.hit=1>",
    "<input autofocus onfocus=window.hit=1>", "<body onload=window.hit=1>", "<video><source onerror=window.hit=1>", "<audio src=x onerror=window.hit=1>",
    "<marquee onstart=window.hit=1>", "<template><script>window.hit=1</script></template>", "<form action=https://evil.example/f><button>go</button>",
    "<base href=https://evil.example/>", "<link rel=preload href=https://evil.example/c as=image>",
    "<link rel=stylesheet href=https://evil.example/c.css>", "<meta http-equiv=refresh content='0;url=https://evil.example/d'>",
    # ways out of attributes, elements and our own blocks
    "\"'><img src=https://evil.example/a.png>", "' onmouseover='window.hit=1", "\" autofocus onfocus=window.hit=1 x=\"", "` onerror=`window.hit=1",
    "</title><script>window.hit=1</script>", "</noscript><script>window.hit=1</script>", "</textarea><script>window.hit=1</script>",
    "</bdi></h2></article><script>window.hit=1</script>", "<plaintext>", "<x onclick=window.hit=1>",
    # style
    "</style><style>*{background:url(https://evil.example/b)}</style>", "<div style=background:url(https://evil.example/s)>", "expression(window.hit=1)",
    "@import 'https://evil.example/i.css';",
    # addresses
    "javascript:window.hit=1//", "JaVaScRiPt:window.hit=1", "\tjavascript:window.hit=1", "data:text/html,<script>window.hit=1</script>",
    "vbscript:msgbox(1)", "//evil.example/protocol-relative", "https://evil.example/@good.example", "file:///etc/passwd", "%3Cscript%3E#?/../..",
    "blob:https://evil.example/1",
    # templates, strings, names
    "{{ 7 * 7 }}{% for x in y %}", "${window.hit=1}`", "{{constructor.constructor('window.hit=1')()}}", "\\u003cscript\\u003e\\", "\\\"};window.hit=1;//",
    "&lt;img src=x onerror=window.hit=1&gt;", "&#60;script&#62;window.hit=1", "__proto__", "constructor", "toString", "hasOwnProperty", "%s%n%x",
    "../../../etc/passwd", "'; DROP TABLE claims; --",
    # characters
    "\u202egnp.exe\u2066", "a\x00b\x1b[31mc", "\u2028\u2029window.hit=1", "\ufeff\u200b\u200d", "Z\u0351\u036b\u0343\u036aA\u035b\u034bL\u035fG\u034dO",
    "\ufffe\uffff", "A\r\nB\rC\tD", "\U000e0041\U0001f600",
    # spreadsheets
    "=HYPERLINK(\"https://evil.example/e\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "\t=1+1",
)
