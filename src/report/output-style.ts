/** Figures, tables and what programs printed. */
export const outputStyle: string = `
figure { margin: 2rem 0 2.4rem; max-width: 58rem; scroll-margin-top: 1.5rem; }
figcaption { font-weight: 600; max-width: 70ch; line-height: 1.4; margin-bottom: 0.4rem; text-wrap: pretty; }
.figure-number { color: var(--muted); font-weight: 400; font-size: 0.88rem; margin-right: 0.4rem; }
.plot { width: 100%; min-width: 0; overflow: hidden; }
.picture, .segbook-picture { max-width: 100%; height: auto; }
.segbook-twin { font-size: 0.88rem; margin-top: 0.2rem; }
summary { cursor: pointer; }
.segbook-twin > summary, .code > summary { color: var(--muted); font-size: 0.82rem; width: max-content; }
.segbook-twin > summary:hover, .code > summary:hover { color: var(--ink); }
.segbook-table, .output, .prose { overflow-x: auto; }
.segbook-table { margin: 1rem 0 1.6rem; max-width: 100%; }
table { border-collapse: collapse; font-size: 0.88rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.4rem; }
th, td { padding: 0.3rem 1.4rem 0.3rem 0; text-align: left; vertical-align: top; font-weight: 400; }
thead th { color: var(--muted); border-bottom: 1px solid var(--muted); vertical-align: bottom; font-size: 0.82rem; }
tbody tr + tr > * { border-top: 1px solid var(--grid); }
th.segbook-right, td.segbook-right { text-align: right; }
td.segbook-right, .runs th { white-space: nowrap; }
.runs .found { min-width: 24rem; }
.runs .state { min-width: 11rem; }
.segbook-note { margin: 0.5rem 0 0; }
.printed { font: 0.82rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-x: auto; margin: 0.8rem 0; padding-left: 1rem; border-left: 2px solid var(--grid); white-space: pre; }
.warning { border-color: var(--number); }
.error { border-color: var(--bad); color: var(--bad); white-space: pre-wrap; }
.prose > :first-child { margin-top: 0; }
.prose h4:first-child { margin-top: 2.2rem; }
h5, h6 { font-size: 0.94rem; line-height: 1.25; margin: 1.6rem 0 0.3rem; font-weight: 650; }
h6 { color: var(--muted); }
.prose code { font: 0.88em ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; background: var(--ground); padding: 0.1em 0.3em; border-radius: 3px; }
blockquote { margin: 0 0 1rem; padding-left: 1rem; border-left: 2px solid var(--band); color: var(--muted); }
`;

/** For what other people's notebooks bring along: pictures made for white paper, formulas, terminal colours, folds. */
export const foreignStyle: string = `
.picture { display: block; background: #ffffff; border-radius: 4px; }
.output > :last-child, .segbook-table > table { margin-bottom: 0; }
.formula { overflow-x: auto; overflow-y: hidden; padding: 0.4rem 0; margin: 0 0 1rem; font-size: 1.1rem; }
.formula math { width: max-content; }
.latex { color: var(--muted); }
.fold { margin: 0.6rem 0; }
.fold > summary { color: var(--muted); font-size: 0.82rem; width: max-content; }
.fold > summary:hover { color: var(--ink); }
.ansi-bold { font-weight: 650; }
.ansi-red { color: var(--bad); }
.ansi-green { color: var(--text); }
.ansi-yellow { color: var(--number); }
.ansi-blue, .ansi-cyan { color: var(--accent); }
.ansi-magenta { color: var(--word); }
.ansi-black, .ansi-white { color: var(--muted); }
.prose img { max-width: 100%; height: auto; background: #ffffff; border-radius: 4px; }
.prose pre { background: var(--ground); border-radius: 6px; padding: 0.9rem 1.1rem; overflow-x: auto; }
.prose pre code { background: none; padding: 0; }
`;

/** Code and the colours of its words. */
export const codeStyle: string = `
.code pre { background: var(--ground); border-radius: 6px; padding: 0.9rem 1.1rem; overflow-x: auto; margin: 0.4rem 0 0; font: 0.82rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.hljs-keyword, .hljs-literal, .hljs-built_in { color: var(--word); }
.hljs-string, .hljs-regexp { color: var(--text); }
.hljs-number { color: var(--number); }
.hljs-comment { color: var(--muted); font-style: italic; }
.hljs-title, .hljs-title.function_, .hljs-title.class_ { color: var(--accent); }
`;
