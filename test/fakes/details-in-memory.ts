import type { DetailKind, Details } from '../../lib/core/detail.ts';
import type { DetailsOf, DetailsStore } from '../../lib/ports.ts';

const NONE: Details = { correspondents: [], unexplained: [], anomalies: [] };

/** Details in a map, under tache and edition. */
export function detailsInMemory(): DetailsStore {
  const written = new Map<string, Details>();
  const editions = new Map<string, string>();
  const of = (tacheId: number, edition: string) => written.get(`${tacheId}/${edition}`) ?? NONE;
  const readers: { readonly [Kind in DetailKind]: (details: Details) => DetailsOf<Kind> } = {
    correspondent: ({ correspondents }) => correspondents,
    unexplained: ({ unexplained }) => unexplained,
    anomaly: ({ anomalies }) => anomalies,
  };
  const part = <Item>(items: readonly Item[], from: number, to: number): readonly Item[] => items.slice(from, Math.max(from, to));
  const cut: { readonly [Kind in DetailKind]: (list: DetailsOf<Kind>, from: number, to: number) => DetailsOf<Kind> } = { correspondent: part, unexplained: part, anomaly: part };
  return {
    async write(tacheId, details) {
      const content = JSON.stringify(details);
      const edition = editions.get(content) ?? `e${editions.size + 1}`;
      editions.set(content, edition);
      written.set(`${tacheId}/${edition}`, details);
      return edition;
    },
    read: async (tacheId, edition, kind, from, to) => cut[kind](readers[kind](of(tacheId, edition)), from, to),
  };
}
