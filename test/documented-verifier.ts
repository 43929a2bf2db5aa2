import { readFileSync } from 'node:fs';
import * as z from 'zod';

const GUIDE = readFileSync(new URL('../docs/guide/etre-prevenu.md', import.meta.url), 'utf8');

type Verifier = (secret: string, signature: string | undefined, body: string, nowSeconds?: number) => unknown;

/** The verifier that the guide gives to receivers, as they would run it. */
export async function documentedVerifier(): Promise<Verifier> {
  const [, source = ''] = /```js\n([\s\S]*?)```/u.exec(GUIDE) ?? [];
  const loaded: unknown = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  return z.object({ isGenuine: z.custom<Verifier>((value) => typeof value === 'function') }).parse(loaded).isGenuine;
}
