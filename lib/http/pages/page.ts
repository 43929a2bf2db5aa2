import { createHash } from 'node:crypto';
import type { HttpAnswer } from '../problem.ts';
import { Html, html } from './html.ts';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
label, dt { display: block; font-weight: 600; margin-top: 1rem; }
input, select, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.error { color: #a3130f; margin: .2rem 0 0; }
.hint { color: #555; margin: .2rem 0 0; }
.actions { margin-top: 1.5rem; display: flex; gap: 1rem; align-items: center; justify-content: flex-end; }
button { font: inherit; padding: .4rem 1.2rem; }
`;

// The page runs no script, loads nothing, is shown in no frame and posts nowhere else: whatever got into it could do nothing.
function policy(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A page as an answer. @param style of a page that needs its own; trusted */
export function pageAnswer(status: number, title: string, content: Html, style = STYLE): HttpAnswer {
  const page = html`<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(style),
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      vary: 'Accept',
    },
    text: page.source,
  };
}
