import type { Operator } from '../core/operator.ts';
import type { OperatorStore, Operators, Taches } from '../ports.ts';
import { Failure, found } from './failure.ts';

export interface OperatorDependencies {
  readonly operators: OperatorStore;
  readonly taches: Pick<Taches, 'list'>;
}

/** An operator as an administrator describes it. The number is given where they leave it out. */
export type OperatorWish = Omit<Operator, 'id'> & { readonly id?: number | undefined };

/** @throws Failure 404 */
export async function operatorNumbered(operators: Operators, id: number): Promise<Operator> {
  return found(await operators.byId(id), `Aucun opérateur ne porte le numéro ${id}.`);
}

/** @throws Failure where the code or the number is taken */
export async function addOperator(operators: OperatorStore, wish: OperatorWish): Promise<Operator> {
  if ((await operators.byCode(wish.code)) !== undefined) throw takenCode(wish.code);
  const operator: Operator = { ...wish, id: wish.id ?? (await operators.nextId()) };
  const refusal = await operators.create(operator);
  if (refusal === 'id-taken') throw conflict(`Un opérateur porte déjà le numéro ${operator.id}.`);
  if (refusal === 'code-taken') throw takenCode(wish.code);
  return operator;
}

/**
 * Changes the profile of an operator: the next statement is read by the new one.
 * @param wishFor what it is to be, from what it is
 * @throws Failure: unknown; another code or number; another currency once taches carry amounts in the present one
 */
export async function changeOperator({ operators, taches }: OperatorDependencies, id: number, wishFor: (current: Operator) => OperatorWish): Promise<Operator> {
  const current = await operatorNumbered(operators, id);
  const wish = wishFor(current);
  if (wish.id !== undefined && wish.id !== id) throw conflict("Le numéro d'un opérateur ne change pas.");
  if (wish.code !== current.code) {
    throw (await operators.byCode(wish.code)) === undefined ? conflict("Le code d'un opérateur ne change pas : ses tâches et ses dépôts le portent.") : takenCode(wish.code);
  }
  if (wish.currency !== current.currency && (await hasTaches(taches, current))) {
    throw conflict(`La devise ne change plus : des tâches de cet opérateur comptent en ${current.currency}.`);
  }
  const operator: Operator = { ...wish, id };
  if (!(await operators.replace(operator))) throw conflict("Cet opérateur vient d'être supprimé.");
  return operator;
}

/** Removes an operator that has no tache; one that has is closed: its taches stay readable. @throws Failure 404 */
export async function removeOperator({ operators, taches }: OperatorDependencies, id: number): Promise<'closed' | 'removed'> {
  const operator = await operatorNumbered(operators, id);
  if (await hasTaches(taches, operator)) {
    await operators.replace({ ...operator, closed: true });
    return 'closed';
  }
  await operators.remove(operator);
  return 'removed';
}

async function hasTaches(taches: Pick<Taches, 'list'>, { code }: Operator): Promise<boolean> {
  let after: number | undefined;
  do {
    const page = await taches.list({ operatorCode: code }, 1, after);
    if (page.taches.length > 0) return true;
    after = page.next;
  } while (after !== undefined);
  return false;
}

function takenCode(code: string): Failure {
  return conflict(`Un opérateur porte déjà le code ${code}.`);
}

function conflict(detail: string): Failure {
  return new Failure({ code: 'conflict', detail });
}
