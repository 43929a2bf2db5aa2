import type { OpenApiOperation } from '../openapi/document.ts';

/** One call of a route, as it is typed into a shell. */
export function curlExample(server: string, method: string, path: string, { security, requestBody }: OpenApiOperation): string {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const words = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(`${server}${path.replaceAll(/\{\w+\}/gu, '1')}/`)}`,
    ...(security.some((one) => 'jeton' in one) ? ['-H "Authorization: Bearer $JETON"'] : []),
    ...(type === undefined || content === undefined ? [] : bodyWords(type, content.example)),
  ];
  return words.join(' \\\n  ');
}

function bodyWords(type: string, example: unknown): readonly string[] {
  if (type === 'application/json') return [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(example))}`];
  return Object.entries(typeof example === 'object' && example !== null ? example : {}).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`);
}

/** Between single quotes a shell takes everything as it stands but the single quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
