import type { Operator } from '../core/operator.ts';
import type { Operators } from '../ports.ts';

/** The operator of a code while it takes statements: a closed one is as good as unknown. */
export async function openOperator(operators: Operators, code: string): Promise<Operator | undefined> {
  const operator = await operators.byCode(code);
  return operator?.closed === true ? undefined : operator;
}
