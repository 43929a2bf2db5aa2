import { createHmac, randomBytes } from 'node:crypto';

/** What says which delivery this is, and that it is ours. */
export const DELIVERY_HEADER = 'x-reconciliation-livraison';
export const SIGNATURE_HEADER = 'x-reconciliation-signature';

/** The signature of a body: `t=<seconds since 1970>,v1=<HMAC-SHA256 in hex of "<t>.<body>">`. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

export function newWebhookSecret(): string {
  return `avis_${randomBytes(32).toString('base64url')}`;
}
