import { useTrino } from "../../engines/start-trino.js";
import { testTrinoClient } from "./trino-client.js";
import { testTrinoPushdown } from "./trino-pushdown.js";
import { testTrinoShop } from "./trino-shop.js";
import { testTrinoWorkbook } from "./trino-workbook.js";

// One cluster for all: it takes longer to start than most tests. The last ones kill a worker.
const trino = useTrino();
testTrinoClient(trino);
testTrinoShop(trino);
testTrinoWorkbook(trino);
testTrinoPushdown(trino);
