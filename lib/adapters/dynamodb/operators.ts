import { OPERATORS } from '../../core/catalogue.ts';
import type { Operators } from '../../ports.ts';

/** The catalogue as the project ships it. Stored operators will take the place of those of the same code. */
export function catalogueOperators(): Operators {
  const byName = [...OPERATORS].sort((one, other) => one.name.localeCompare(other.name, 'fr'));
  return {
    list: async () => byName,
    byCode: async (code) => byName.find((operator) => operator.code === code),
    byId: async (id) => byName.find((operator) => operator.id === id),
  };
}
