// The gallery: every part in each of its states, on one page. For design work and photographs; not an input of the build.
import '../src/style/tokens.css'
import '../src/style/ground.css'
import '../src/style/pieces.css'

import { createApp } from 'vue'

import Gallery from './Gallery.vue'

createApp(Gallery).mount('#app')
document.documentElement.dataset.ready = '1'
