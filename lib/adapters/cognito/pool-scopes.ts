import { SCOPES, type Scope } from '../../core/tokens.ts';

/** The resource server of the pool that our scopes belong to. */
export const RESOURCE_SERVER = 'reconciliation';

/** A scope as the pool knows it. */
export function poolScope(scope: Scope): string {
  return `${RESOURCE_SERVER}/${scope}`;
}

/** Those of our scopes that a token's scope text names. */
export function scopesIn(text: string): readonly Scope[] {
  const named = text.split(' ');
  return SCOPES.filter((scope) => named.includes(poolScope(scope)));
}
