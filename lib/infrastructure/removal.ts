import { RemovalPolicy } from 'aws-cdk-lib';
import type { Stage } from '../stage.ts';

/** What becomes of data when its resource leaves the stack. */
export function removalOfData({ deployed }: Stage): RemovalPolicy {
  return deployed ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}

/** The same for resources with a name of their own: left over from a first deployment that failed, they would block the next one. */
export function removalOfNamed({ deployed }: Stage): RemovalPolicy {
  return deployed ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
