export { openScratch } from './platform.ts'
export { richStory } from './rich-story.ts'
export { run } from './run.ts'
