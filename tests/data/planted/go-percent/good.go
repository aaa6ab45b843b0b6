package progress

import "fmt"

func percent(done, total int) int {
	if total == 0 {
		return 100
	}
	return 100 * done / total
}

func Line(name string, done, total int) string {
	return fmt.Sprintf("%s: %3d %%", name, percent(done, total))
}
