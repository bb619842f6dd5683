console.log("/berths");
console.log("/tides");
