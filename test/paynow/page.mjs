// The payment page and the list of payments, plain HTML without a script.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text) => String(text).replace(/[&<>"']/g, (char) => ENTITIES[char]);

const METHOD_NAMES = {
  web: 'Web page',
  ecocash: 'EcoCash',
  onemoney: 'OneMoney',
  innbucks: 'InnBucks',
  omari: "O'mari",
  vmc: 'Stored Visa or Mastercard',
  zimswitch: 'Stored ZimSwitch card',
};

const STYLE = `
:root { color-scheme: light dark; --ground: #f3f4f1; --card: #fff; --ink: #1b1f1c; --soft: #59625c;
  --line: #d5d9d4; --note: #fdf3d3; --note-ink: #5c4400; --main: #0b6b3a; --main-ink: #fff; --bad: #a3261b; }
@media (prefers-color-scheme: dark) { :root { --ground: #121513; --card: #1c211e; --ink: #eceeeb; --soft: #a4aea7;
  --line: #39413c; --note: #3a2f0d; --note-ink: #f6dd92; --main: #5ccf8d; --main-ink: #06210f; --bad: #ff9a8d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
.note { margin: 0; padding: .75rem 1rem; background: var(--note); color: var(--note-ink); text-align: center; font-size: .9rem; }
main { max-width: 28rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
h1 { margin: 0; font-size: 1.05rem; font-weight: 600; }
.amount { margin: .35rem 0 1rem; font-size: 2.1rem; font-weight: 700; line-height: 1.15; font-variant-numeric: tabular-nums; }
.amount small { font-size: 1.1rem; font-weight: 600; color: var(--soft); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .4rem 1rem; margin: 0 0 1.25rem; padding-top: 1rem; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
form { display: grid; gap: .6rem; grid-template-columns: 1fr 1fr; margin: 0; }
button, .button { font: inherit; font-weight: 600; min-height: 3rem; padding: .6rem 1rem; border-radius: .5rem; border: 1px solid var(--line);
  background: transparent; color: var(--ink); cursor: pointer; text-align: center; text-decoration: none; display: block; }
button:hover, .button:hover { border-color: var(--soft); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.pay { grid-column: 1 / -1; background: var(--main); border-color: var(--main); color: var(--main-ink); }
.fail { color: var(--bad); }
.abandon { grid-column: 1 / -1; border-color: transparent; color: var(--soft); font-weight: 400; }
.hint { margin: 1rem 0 0; color: var(--soft); font-size: .875rem; }
.list { list-style: none; margin: .75rem 0 0; padding: 0; }
.list a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .6rem 0; border-top: 1px solid var(--line); text-decoration: none;
  font-variant-numeric: tabular-nums; }
.list a:hover b { text-decoration: underline; }
.list b { overflow-wrap: anywhere; }
.list small { color: var(--soft); }
.list a > :nth-child(even) { text-align: right; }
a { color: inherit; }
`;

function shell(title, body) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<p class="note"><strong>Local simulator.</strong> This page stands in for Paynow's. No money moves.</p>
<main>
${body}
</main>
</body>
</html>
`;
}

function rows(pairs) {
  return pairs
    .filter(([, value]) => value)
    .map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`)
    .join('\n');
}

function card(tx, merchant, inner) {
  return `<section class="card">
<h1>Pay ${escape(merchant)}</h1>
<p class="amount"><small>${escape(tx.currency)}</small> ${escape(tx.amount)}</p>
<dl>
${rows([
  ['Reference', tx.reference],
  ['For', tx.additionalinfo],
  ['Method', METHOD_NAMES[tx.method] ?? tx.method],
  ['Phone', tx.phone],
  ['InnBucks code', tx.authorizationcode],
  ['Code expires', tx.authorizationexpires],
  ['One-time code', tx.otp],
  ['Status', tx.status],
])}
</dl>
${inner}
</section>`;
}

export function paymentPage(tx, { merchant, open, test }) {
  const title = `${tx.currency} ${tx.amount} to ${merchant} (simulator)`;
  if (!open) {
    return shell(
      title,
      card(tx, merchant, `<a class="button" href="${escape(tx.returnurl)}">Back to ${escape(merchant)}</a>`),
    );
  }
  const form = `<form method="post">
<button class="pay" name="act" value="pay">${test ? 'Pay [TESTING: Faked Success]' : `Pay ${escape(tx.currency)} ${escape(tx.amount)}`}</button>
<button class="fail" name="act" value="fail">Fail</button>
<button name="act" value="cancel">Cancel</button>
<button class="abandon" name="act" value="abandon">Abandon: leave it unpaid</button>
</form>
<p class="hint">Pay, Fail and Cancel tell the shop how it ended; Abandon tells it nothing. All four lead back to the shop.</p>`;
  return shell(title, card(tx, merchant, form));
}

export function listPage(transactions) {
  const lines = transactions.map(
    (tx) => `<li><a href="/Payment/ConfirmPayment/${escape(tx.number)}"><b>${escape(tx.reference)}</b>
<span>${escape(tx.currency)} ${escape(tx.amount)}</span>
<small>${escape(METHOD_NAMES[tx.method] ?? tx.method)}</small><small>${escape(tx.status)}</small></a></li>`,
  );
  const list = lines.length
    ? `<ul class="list">${lines.join('\n')}</ul>`
    : '<p class="hint">Nothing yet. A payment started in the shop shows here, newest first.</p>';
  return shell('Payments (simulator)', `<section class="card"><h1>Payments</h1>${list}</section>`);
}

export function messagePage(text) {
  return shell(text, `<section class="card"><h1>${escape(text)}</h1></section>`);
}
