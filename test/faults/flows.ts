import { ADMINISTRATION_FLOWS } from './administration-flows.ts';
import type { Flow } from './flow.ts';
import { LOAD_FLOWS } from './load-flows.ts';
import { NOTICE_FLOWS } from './notice-flows.ts';
import { OPEN_ITEM_FLOWS } from './open-item-flows.ts';
import { PEOPLE_FLOWS } from './people-flows.ts';
import { STATEMENT_FLOWS } from './statement-flows.ts';
import { WORK_FLOWS } from './work-flows.ts';

/** Everything that people and the clock do with the product. */
export const FLOWS: readonly Flow[] = [...STATEMENT_FLOWS, ...WORK_FLOWS, ...OPEN_ITEM_FLOWS, ...NOTICE_FLOWS, ...PEOPLE_FLOWS, ...ADMINISTRATION_FLOWS, ...LOAD_FLOWS];
