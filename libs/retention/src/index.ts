export { type Matcher, pathGlob, wordGlob } from './glob.js';
export { ImmutabilityRules, LIST_OF_REFERRERS } from './immutability.js';
export { describeRule, type NamedTag, rulesAbout, type TagFilter, tagFilter } from './selector.js';
export { isVersionRange } from './keep.js';
export { type Circumstances, guardsOf, type JudgeableTag, judge, type Verdict } from './retention.js';
export { InvalidScheduleError, nextRun } from './schedule.js';
