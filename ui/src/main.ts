// Starts the page: guards the window, listens to the desk, then asks for the first view.
import './style/tokens.css'
import './style/ground.css'
import './style/pieces.css'

import { createApp } from 'vue'

import App from './App.vue'
import { begin } from './desk'
import { guard } from './guard'
import { followSystem } from './theme'

if (import.meta.env.PROD) guard(window)
followSystem()
createApp(App).mount('#app')
await begin()
// Browser tests and the window tests wait for this mark, never for a time.
document.documentElement.dataset.ready = '1'
