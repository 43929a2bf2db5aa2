import { operatorList } from '../../http/schemas/operator.ts';
import type { RemoteApi } from './remote-api.ts';
import { RemoteError } from './remote-error.ts';

/** How operators are called, by their number: `Orange CI (OMCI)`. Without an answer a number is all that can be shown. */
export async function operatorNames(api: RemoteApi): Promise<(id: number) => { readonly name: string; readonly code: string }> {
  const operators = await api.read('/operateurs/?fermes=1', operatorList).then(
    ({ value }) => value,
    (error: unknown) => {
      if (error instanceof RemoteError && error.exitCode !== 130) return [];
      throw error;
    },
  );
  const byId = new Map(operators.map(({ id, nom, code }) => [id, { name: `${nom} (${code})`, code }]));
  return (id) => byId.get(id) ?? { name: `opérateur ${id}`, code: String(id) };
}
