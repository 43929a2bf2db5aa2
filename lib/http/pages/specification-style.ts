/** The style of the specification's page: a list of routes beside what is said of each. */
export const SPECIFICATION_STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6675; --line: #dfe3e8; --back: #fff; --panel: #f5f7f9; --link: #0b5cad; --code: #7a2048;
  --get: #0a6b4f; --post: #0b5cad; --put: #8a5a00; --patch: #6b3fa0; --delete: #a3130f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa6b5; --line: #323a45; --back: #14181e; --panel: #1c222a; --link: #7db8f5; --code: #f0a3c4;
  --get: #5fd0a8; --post: #7db8f5; --put: #e0b060; --patch: #c3a0f0; --delete: #ff8d85; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; font: 15px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--back); }
main { display: grid; grid-template-columns: 19rem minmax(0, 56rem); column-gap: 3rem; padding: 0 1.5rem 4rem; }
h1 { grid-column: 2; font-size: 1.9rem; margin: 2rem 0 0; }
nav { grid-column: 1; grid-row: 1 / span 2; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1.5rem 1rem 1.5rem 0; border-right: 1px solid var(--line); font-size: .86rem; }
nav h2 { font-size: .78rem; text-transform: uppercase; letter-spacing: .05em; color: var(--soft); margin: 1.1rem 0 .2rem; border: 0; padding: 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: flex; gap: .5rem; padding: .12rem 0; color: inherit; overflow-wrap: anywhere; }
.body { grid-column: 2; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
h2 { font-size: 1.45rem; margin: 3rem 0 .3rem; padding-top: 1.2rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0; display: flex; flex-wrap: wrap; gap: .7rem; align-items: baseline; }
h3 code { font-size: 1.02rem; color: inherit; }
h4 { font-size: .78rem; text-transform: uppercase; letter-spacing: .05em; color: var(--soft); margin: 1.1rem 0 .3rem; }
p { margin: .5rem 0; }
.soft { color: var(--soft); }
section.route, section.schema { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.2rem; margin: 1.1rem 0; }
.summary { font-size: 1.05rem; margin: .5rem 0 0; }
.method { font: 700 .74rem/1.5 ui-monospace, monospace; min-width: 3.6rem; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }
.access { display: inline-block; font-size: .78rem; padding: .05rem .55rem; border: 1px solid var(--line); border-radius: 99px; color: var(--soft); font-weight: 400; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: .87em; }
code { color: var(--code); overflow-wrap: anywhere; }
pre { background: var(--panel); border-radius: 6px; padding: .7rem .9rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; line-height: 1.45; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th { text-align: left; font-weight: 600; font-size: .82rem; color: var(--soft); }
th, td { padding: .28rem .7rem .28rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td:first-child { width: 32%; }
.type { color: var(--soft); width: 26%; }
.status { font-weight: 700; white-space: nowrap; }
.answers td:first-child { width: 3.5rem; }
.needed { color: var(--delete); font-size: .78rem; }
@media (max-width: 60rem) { main { display: block; padding: 0 1rem 3rem; } nav { position: static; max-height: none; border: 0; padding: 0; } }
@media print { nav { display: none; } main { display: block; } section { break-inside: avoid; } }
`;
