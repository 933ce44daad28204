/** The one style sheet of the public pages: light and dark, readable on a phone, no script, nothing from elsewhere. */
export const style = `
:root {
	color-scheme: light dark;
	--ground: #f4f6f8; --card: #ffffff; --text: #171c26; --muted: #525c6b; --line: #d6dce4; --edge: #78828f;
	--accent: #0b5cad; --on-accent: #ffffff;
	--well: #1a7434; --well-soft: #e3f4e8; --warn: #8a5300; --warn-soft: #fff1d6;
	--bad: #b3261e; --bad-soft: #fde7e5; --plan: #4f46a5; --plan-soft: #ecebfa; --calm-soft: #eceff3;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #11151b; --card: #1a2029; --text: #e9edf2; --muted: #aab4c1; --line: #343d4a; --edge: #8792a0;
		--accent: #8ab8f5; --on-accent: #0e1621;
		--well: #63d488; --well-soft: #153020; --warn: #f3c15a; --warn-soft: #33270f;
		--bad: #ff958b; --bad-soft: #3a1a18; --plan: #b8b2ff; --plan-soft: #25234a; --calm-soft: #252c36;
	}
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
	font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); z-index: 1; }
.frame { max-width: 50rem; margin: 0 auto; padding-inline: 1.25rem; }
header.frame { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; padding-top: 1.25rem; }
.name { display: flex; align-items: center; gap: .6rem; margin: 0; font-weight: 650; }
.name::before { content: ""; width: .8rem; height: .8rem; border-radius: 50%; background: var(--accent); flex: none; }
nav ul { display: flex; gap: .25rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .3rem .55rem; border-radius: .4rem; color: var(--muted); text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav a[aria-current] { color: var(--text); background: var(--calm-soft); font-weight: 600; }
main { padding-top: 1.5rem; padding-bottom: 2.5rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1.05rem; line-height: 1.35; margin: 0; }
p { margin: .5rem 0; }
.muted { color: var(--muted); }
.overall { display: flex; align-items: center; gap: .8rem; margin: 0; padding: 1rem 1.25rem; border-radius: .7rem;
	font-size: 1.2rem; font-weight: 650; line-height: 1.35; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: 1.1rem 1.25rem; }
.card + .card, .notice + .card { margin-top: .9rem; }
.well { --tone: var(--well); --soft: var(--well-soft); }
.warn { --tone: var(--warn); --soft: var(--warn-soft); }
.bad { --tone: var(--bad); --soft: var(--bad-soft); }
.plan { --tone: var(--plan); --soft: var(--plan-soft); }
.calm { --tone: var(--muted); --soft: var(--calm-soft); }
.overall, .notice { background: var(--soft); color: var(--tone); border: 1px solid var(--tone); }
.notice { border-radius: .7rem; padding: 1rem 1.25rem; }
.notice p { color: var(--text); }
.notice h2 { margin: 0; }
.sign { width: 1em; height: 1em; flex: none; fill: currentColor; }
.state { display: inline-flex; align-items: center; gap: .45rem; color: var(--tone); font-weight: 600; }
.rows { list-style: none; margin: 0; padding: 0 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .7rem; }
.rows li { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; justify-content: space-between; padding: .7rem 0; }
.rows li + li { border-top: 1px solid var(--line); }
.event { border-left: .35rem solid var(--tone); }
.event .facts { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; margin: .3rem 0 0; color: var(--muted); }
.updates { list-style: none; margin: .9rem 0 0; padding: 0; }
.updates li { padding: .1rem 0 .8rem 1.1rem; border-left: 2px solid var(--line); position: relative; }
.updates li:last-child { padding-bottom: 0; }
.updates li::before { content: ""; position: absolute; left: -.36rem; top: .55rem; width: .6rem; height: .6rem; border-radius: 50%;
	background: var(--edge); border: 2px solid var(--card); }
.updates p { margin: .1rem 0 0; white-space: pre-line; }
.updates time { color: var(--muted); margin-left: .5rem; }
summary { cursor: pointer; color: var(--accent); padding: .35rem 0; margin-top: .4rem; width: fit-content; }
.ticket { font-size: 1.15rem; font-weight: 600; margin: 0; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .35rem 1.25rem; margin: .9rem 0 0; }
dt { color: var(--muted); }
dd { margin: 0; font-weight: 600; }
.headline { font-size: 1.5rem; line-height: 1.25; font-weight: 700; color: var(--tone); margin: 0 0 .2rem; text-wrap: balance; }
fieldset { border: 0; padding: 0; }
fieldset, .field { margin: 1.5rem 0 0; }
legend, .label { display: block; padding: 0; font-weight: 650; margin-bottom: .4rem; }
.choices { display: grid; grid-template-columns: repeat(4, 1fr); gap: .5rem; }
.notice + p { margin-top: 1rem; }
.choice { display: flex; gap: .6rem; align-items: flex-start; padding: .65rem .8rem; border: 1px solid var(--edge); border-radius: .5rem; cursor: pointer; }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: var(--calm-soft); }
.choice small { display: block; color: var(--muted); font-size: .9rem; }
.wide { grid-column: 1 / -1; }
.own { margin: .7rem 0 0; }
input[type=radio] { width: 1.15rem; height: 1.15rem; margin: .2rem 0 0; accent-color: var(--accent); flex: none; }
input[type=text], input[type=datetime-local] { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge);
	border-radius: .5rem; padding: .6rem .8rem; width: 100%; max-width: 24rem; min-height: 2.9rem; }
[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.problem { color: var(--bad); font-weight: 600; }
.problem::before { content: "! "; }
button, .button { display: inline-block; font: inherit; font-weight: 700; font-size: 1.1rem; padding: .85rem 1.6rem; margin-top: 1.5rem;
	border: 0; border-radius: .5rem; background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; }
button:hover, .button:hover { filter: brightness(1.1); text-decoration: underline; }
footer::before { content: ""; display: block; border-top: 1px solid var(--line); margin-bottom: 1rem; }
footer { padding-bottom: 2rem; color: var(--muted); font-size: .95rem; }
footer p { margin: .2rem 0; }
footer a { margin-right: 1.25rem; }
@media (max-width: 44rem) { .choices { grid-template-columns: repeat(2, 1fr); } }
@media (max-width: 30rem) { h1 { font-size: 1.5rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } button { width: 100%; } }
@media (forced-colors: active) { .overall, .notice, .card { border: 1px solid; } }
`;
