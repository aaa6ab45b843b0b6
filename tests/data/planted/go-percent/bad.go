package progress

import "fmt"

func percent(done, total int) int {
	if total == 0 {
		return 100
	}
	return done / total * 100
}

func Line(name string, done, total int) string {
	return fmt.Sprintf("%s: %3d %%", name, percent(done, total))
}
