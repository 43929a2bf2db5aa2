import { OPERATORS } from '../../lib/core/catalogue.ts';
import type { ValidationRules } from '../../lib/core/four-eyes.ts';
import type { LedgerTransaction } from '../../lib/core/ledger.ts';
import type { DeliveryKey, Notice } from '../../lib/core/notice.ts';
import type { Operator } from '../../lib/core/operator.ts';
import type { StatementObject } from '../../lib/core/tache.ts';
import type { Upload } from '../../lib/core/upload.ts';
import type { Operators, Uploads } from '../../lib/ports.ts';
import { claimsInMemory } from './claims-in-memory.ts';
import { clockAt } from './clock.ts';
import { detailsInMemory } from './details-in-memory.ts';
import { heardInMemory } from './heard-in-memory.ts';
import { journalInMemory } from './journal-in-memory.ts';
import { ledgerInMemory } from './ledger-in-memory.ts';
import { objectsInMemory } from './objects-in-memory.ts';
import { retriesInMemory } from './open-items-in-memory.ts';
import { queueInMemory } from './queue-in-memory.ts';
import { tachesInMemory } from './taches-in-memory.ts';

const OPEN_RULES: ValidationRules = { fourEyes: false, twoValidatorsAbove: {} };

/** Every store and queue on the path of a statement, in memory. */
export function aWorld({ transactions = [], operators = [] }: { readonly transactions?: readonly LedgerTransaction[]; readonly operators?: readonly Operator[] } = {}) {
  const clock = clockAt('2026-03-08T06:00:00Z');
  return {
    clock,
    now: clock.now,
    pause: async (milliseconds: number) => clock.pass(milliseconds),
    heard: heardInMemory(),
    operators: operatorsInMemory(operators),
    taches: tachesInMemory(),
    claims: claimsInMemory(),
    details: detailsInMemory(),
    journal: journalInMemory(),
    ledger: ledgerInMemory(transactions),
    objects: objectsInMemory(),
    matching: queueInMemory<number>(),
    ledgerImports: queueInMemory<StatementObject>(),
    notices: noticesInMemory(),
    retries: retriesInMemory(),
    uploads: uploadsInMemory(),
    /** As in the stage that is as open as the old system. */
    rules: OPEN_RULES,
  };
}

export type World = ReturnType<typeof aWorld>;

/** The operators of the catalogue; those given take the place of the one of their code. */
function operatorsInMemory(own: readonly Operator[]): Operators {
  const all = [...own, ...OPERATORS.filter(({ code }) => !own.some((operator) => operator.code === code))];
  return {
    list: async () => [...all].sort((one, other) => one.name.localeCompare(other.name, 'fr')),
    byCode: async (code) => all.find((operator) => operator.code === code),
    byId: async (id) => all.find((operator) => operator.id === id),
  };
}

/** What is to be told, and single notices with the seconds after which they are to go. */
export function noticesInMemory() {
  const told = queueInMemory<Notice>();
  const delivered = queueInMemory<{ readonly key: DeliveryKey; readonly afterSeconds: number }>();
  return { send: told.send, told, delivered, deliver: (key: DeliveryKey, afterSeconds: number) => delivered.send({ key, afterSeconds }) };
}

function uploadsInMemory(): Uploads {
  const announced = new Map<string, Upload>();
  return {
    async announce(upload) {
      const id = `envoi-${announced.size + 1}`;
      announced.set(id, upload);
      return id;
    },
    find: async (id) => announced.get(id),
  };
}
