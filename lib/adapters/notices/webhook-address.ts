import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** Where a webhook may go. */
export interface WebhookRules {
  /** Also to this machine itself, without TLS and to any port. */
  readonly localWebhooks: boolean;
}

/** An address that a name had when it was looked at: the connection goes there and nowhere else. */
export interface PinnedAddress {
  readonly address: string;
  readonly family: number;
}

const LONGEST = 2_000;
/** Names that no name server of the internet answers for. */
const INNER_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|home|lan|corp)$/u;

/** Why an address is no place for a webhook, in French; `undefined` for one that may be tried. Where its name leads is looked at when something is sent. */
export function webhookRefusal(text: string, { localWebhooks }: WebhookRules): string | undefined {
  if (text.length > LONGEST || !URL.canParse(text)) return 'Une adresse complète est attendue, comme https://exemple.com/avis.';
  const { protocol, username, password, hash, port, hostname } = new URL(text);
  if (username !== '' || password !== '') return 'L’adresse ne doit contenir ni nom ni mot de passe : la signature suffit.';
  if (hash !== '') return 'L’adresse ne doit pas contenir de #.';
  const host = bare(hostname);
  if (localWebhooks && (protocol === 'http:' || protocol === 'https:') && (host === 'localhost' || isLoopbackAddress(host))) return undefined;
  if (protocol !== 'https:') return 'L’adresse doit commencer par https://.';
  if (port !== '') return 'Seul le port 443 est possible.';
  if (isIP(host) !== 0 ? !isPublicAddress(host) : INNER_NAME.test(host) || !host.includes('.')) return 'L’adresse doit être celle d’un serveur d’Internet.';
  return undefined;
}

/**
 * Where a webhook's name leads now.
 * @returns a French reason where it leads, or could lead, to a place that is not public
 * @throws whatever the resolver throws where there is no such name
 */
export async function pinnedAddress(url: URL, { localWebhooks }: WebhookRules): Promise<PinnedAddress | string> {
  const found = await lookup(bare(url.hostname), { all: true });
  const [first] = found;
  const allowed = ({ address }: PinnedAddress) => isPublicAddress(address) || (localWebhooks && isLoopbackAddress(address));
  // One that is not public among others is how a name is rebound.
  if (first === undefined || !found.every(allowed)) return 'le nom mène à une adresse qui n’est pas d’Internet';
  return first;
}

/** Addresses of version 6 stand in brackets; a name may end in a point. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/gu, '').replace(/\.$/u, '');
}
