export { FailPointSyntaxError } from './arming.js';
export { armFailPoints, failPoint, FailPointError } from './fail-point.js';
export { type FailPoint, FAIL_POINTS } from './fail-points.js';
