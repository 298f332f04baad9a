export { type Matcher, pathGlob, wordGlob } from './glob.js';
export { ImmutabilityRules } from './immutability.js';
export { describeRule, type NamedTag, rulesAbout, type TagFilter, tagFilter } from './selector.js';
