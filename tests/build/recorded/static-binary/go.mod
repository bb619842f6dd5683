module harbour.example/tide

require clock v1.2.0
