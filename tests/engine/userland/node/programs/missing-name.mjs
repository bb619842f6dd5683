import {q} from 'fs'
