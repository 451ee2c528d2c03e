/** The report's style. Colours have a contrast of 4.5 : 1 at least with what they stand on, on paper and in the dark too. */
import { Html } from './html.ts';

export const SHEET = new Html(`
:root { color-scheme: light dark; --paper: #fff; --ink: #1b2430; --soft: #54606e; --line: #d5dbe2; --panel: #f4f6f9;
  --accent: #1d4f91; --accent-soft: #1d4f9126; --good: #17653a; --good-soft: #e4f4ea; --warning: #8a4b00; --warning-soft: #fdf1dc;
  --bad: #a11a1a; --bad-soft: #fce8e6; --old: #b86a00; --new: #1f8a4c; --foreign: #7b3fb5; --unreadable: #c22f2f; --empty: #7d8896; --unopened: #3f7fb5; }
@media (prefers-color-scheme: dark) { :root { --paper: #14191f; --ink: #e7ecf2; --soft: #a5b0bd; --line: #353e49; --panel: #1d242c;
  --accent: #8ab6f2; --accent-soft: #8ab6f22e; --good: #8ddcab; --good-soft: #16311f; --warning: #f3bd6c; --warning-soft: #382813;
  --bad: #ff9d94; --bad-soft: #3d1a18; --old: #e39a35; --new: #4cb879; --foreign: #b78ae0; --unreadable: #ec6f66; --empty: #8f9aa7; --unopened: #6aa8dd; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
header p { margin: .2rem 0; color: var(--soft); }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.15rem; margin: 2.4rem 0 .6rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
p { max-width: 46rem; margin: .5rem 0; }
.item { display: list-item; list-style: disc; margin-left: 1.4rem; }
.verdict { display: flex; gap: .9rem; margin: 1.4rem 0; padding: 1rem 1.2rem; border-left: .4rem solid; border-radius: .4rem; }
.verdict strong { display: block; font-size: 1.1rem; }
.verdict p { margin: .2rem 0 0; color: var(--ink); white-space: pre-line; }
.verdict .mark { font-size: 1.5rem; line-height: 1.2; }
.good { background: var(--good-soft); color: var(--good); } .warning { background: var(--warning-soft); color: var(--warning); }
.bad { background: var(--bad-soft); color: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .8rem; margin: 0; padding: 0; }
.tiles div { background: var(--panel); border-radius: .4rem; padding: .8rem 1rem; }
.tiles dt { color: var(--soft); font-size: .85rem; } .tiles dd { margin: .1rem 0 0; font-size: 1.3rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0; font-size: .92rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
code, .mono { overflow-wrap: anywhere; }
table.grouped td, table.grouped tbody th { border-bottom: 0; } table.grouped tbody { border-bottom: 1px solid var(--line); } table.grouped tbody.total { border-top: 2px solid var(--line); border-bottom: 0; font-weight: 600; }
.small { font-weight: 400; }
thead th { color: var(--soft); font-weight: 600; font-size: .85rem; white-space: nowrap; } tbody th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } thead th { vertical-align: bottom; } thead th.number { white-space: normal; }
code, .mono { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: .88em; }
.soft { color: var(--soft); } .small { font-size: .85rem; }
.word { font-weight: 600; white-space: nowrap; background: none; }
svg { display: block; width: 100%; height: auto; margin: .5rem 0; } svg.bar { height: 1rem; border-radius: .2rem; margin: .1rem 0; }
svg .grid { stroke: var(--line); stroke-width: 1; } svg .tick { fill: var(--soft); font: 11px system-ui, "DejaVu Sans", sans-serif; }
svg .area { fill: var(--accent-soft); } svg .line { fill: none; stroke: var(--accent); stroke-width: 1.8; stroke-linejoin: round; }
svg .pause { fill: var(--warning); opacity: .22; }
.fill-track { fill: var(--panel); } .fill-old { fill: var(--old); } .fill-new { fill: var(--new); } .fill-foreign { fill: var(--foreign); }
.fill-unreadable { fill: var(--unreadable); } .fill-empty { fill: var(--empty); } .fill-unopened { fill: var(--unopened); }
.stage-checking { fill: var(--empty); } .stage-counting { fill: var(--unopened); } .stage-changing { fill: var(--accent); } .stage-verifying { fill: var(--new); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: .3rem 0; padding: 0; list-style: none; font-size: .88rem; }
.legend svg { display: inline-block; width: .8rem; height: .8rem; margin: 0 .35rem 0 0; vertical-align: -.05rem; }
.bars { margin: .7rem 0; break-inside: avoid; } div.bar { display: grid; grid-template-columns: 1fr 4.5rem; gap: .6rem; align-items: center; } div.bar.timed { grid-template-columns: 3.4rem 1fr 4.5rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@page { size: A4; margin: 16mm 15mm; }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #f2f2f2; --accent: #1d4f91; --accent-soft: #1d4f9126;
  --good: #17653a; --good-soft: #fff; --warning: #8a4b00; --warning-soft: #fff; --bad: #a11a1a; --bad-soft: #fff;
  --old: #b86a00; --new: #1f8a4c; --foreign: #7b3fb5; --unreadable: #c22f2f; --empty: #7d8896; --unopened: #3f7fb5; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; } .scroll { overflow: visible; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  h2 { break-after: avoid; } tr, .verdict, .tiles, figure, svg { break-inside: avoid; } thead { display: table-header-group; } tfoot { display: table-row-group; } }
`);
