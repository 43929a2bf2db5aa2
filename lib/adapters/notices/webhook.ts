import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Attempt } from '../../core/notice.ts';
import type { WebhookSender } from '../../ports.ts';
import { DELIVERY_HEADER, SIGNATURE_HEADER, signatureOf } from './signature.ts';
import { type PinnedAddress, pinnedAddress, type WebhookRules, webhookRefusal } from './webhook-address.ts';

/** To find where a name leads. */
const NAME_WITHIN_MS = 5_000;
/** Of the whole exchange. */
const ANSWER_WITHIN_MS = 10_000;
/** The receiver wants to hear no more of it. */
const GONE = 410;

/** Sends webhooks. Where a name leads is looked at each time, and the connection goes there; redirects are not followed, and what the receiver answers is not read. */
export function webhooks(rules: WebhookRules): WebhookSender {
  return {
    async send({ url, secret, deliveryId, body, at }) {
      const refusal = webhookRefusal(url, rules);
      if (refusal !== undefined) return { kind: 'refused', reason: refusal };
      const target = new URL(url);
      try {
        const pinned = await within(NAME_WITHIN_MS, pinnedAddress(target, rules));
        if (typeof pinned === 'string') return { kind: 'refused', reason: pinned };
        const seconds = Math.floor(Date.parse(at) / 1_000);
        return judged(await post(target, pinned, body, { [DELIVERY_HEADER]: deliveryId, [SIGNATURE_HEADER]: signatureOf(secret, seconds, body) }));
      } catch (error) {
        return { kind: 'again', reason: unreached(error) };
      }
    },
  };
}

/** A resolver takes no signal: what it finds too late is not used. */
async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  const ended = new AbortController();
  const late = delay(milliseconds, undefined, { signal: ended.signal }).then(() => {
    throw new DOMException('the name server does not answer', 'TimeoutError');
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort();
    late.catch(() => {});
  }
}

function post(target: URL, { address, family }: PinnedAddress, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  // Node asks for one address or for all, as it likes.
  const lookup: LookupFunction = (_name, { all }, answer) => (all === true ? answer(null, [{ address, family }]) : answer(null, address, family));
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(body)), 'user-agent': 'reconciliation-avis/1' },
    lookup,
    agent: false,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  };
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    };
    const sent = target.protocol === 'https:' ? requestTls(target, options, answered) : requestPlain(target, options, answered);
    sent.on('error', reject);
    sent.end(body);
  });
}

function judged(status: number): Attempt {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status >= 300 && status < 400) return { kind: 'refused', reason: `le serveur renvoie ailleurs (réponse ${status}) : donnez l’adresse finale` };
  return status === GONE ? { kind: 'refused', reason: 'le serveur ne veut plus d’avis (réponse 410)' } : { kind: 'again', reason: `réponse ${status}` };
}

/** What is told of an exchange that did not come about: no address, no text of a stranger. */
function unreached(error: unknown): string {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) return 'pas de réponse à temps';
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'inconnue';
  return `serveur pas joint (${code})`;
}
