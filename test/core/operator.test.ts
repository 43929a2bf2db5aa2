import { expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import { isOperatorCode } from '../../lib/core/operator.ts';

it('the code of an operator is two to thirty-two capital letters and digits', () => {
  for (const code of [...OPERATORS.map((operator) => operator.code), 'OM', '2M', 'X'.repeat(32)]) expect([code, isOperatorCode(code)]).toEqual([code, true]);
  for (const text of ['', 'O', 'omci', 'OM-CI', ' OMCI', 'OMCI ', 'OM CI', 'ÔMCI', 'OM/CI', 'X'.repeat(33)]) expect([text, isOperatorCode(text)]).toEqual([text, false]);
});
