/** The style of a bundle's pages, in each of them: a page that is taken away alone reads as before. */
export const BUNDLE_STYLE = `:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2126; --link: #184a86; --line: #9aa4ad; --soft: #f0f3f5; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181c; --ink: #e4e8eb; --link: #9cc4f5; --line: #59636c; --soft: #20272d; } }
html { background: var(--paper); color: var(--ink); }
a { color: var(--link); }
body { margin: 0 auto; max-width: 80rem; padding: 1rem 1.5rem 4rem; font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
body.text { max-width: 48rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.8em 0 0.5em; overflow-wrap: anywhere; hyphens: auto; }
h1 { margin-top: 0.5em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
code, .digest { font-family: ui-monospace, "Cascadia Mono", Consolas, monospace; font-size: 0.85em; overflow-wrap: anywhere; }
pre { overflow-x: auto; }
div.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.92em; }
caption { text-align: start; padding: 0.3rem 0; }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.5rem; text-align: start; vertical-align: top; }
thead th { background: var(--soft); }
td.day { white-space: nowrap; }
tbody th small { font-weight: 400; }
tbody:target, :target > th { outline: 3px solid var(--link); }
.note { border-inline-start: 4px solid var(--line); padding-inline-start: 0.8rem; }
.skip { position: absolute; left: -9999px; }
.skip:focus { position: static; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: 0.5rem; } }
@media print { body { max-width: none; padding: 0; } a { color: inherit; } div.table { overflow: visible; } }`;
