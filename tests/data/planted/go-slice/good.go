package numbers

func Sorted(in []int, sort func([]int)) []int {
	out := make([]int, len(in))
	copy(out, in)
	sort(out)
	return out
}

func Even(in []int) []int {
	out := make([]int, 0, len(in))
	for _, n := range in {
		if n%2 == 0 {
			out = append(out, n)
		}
	}
	return out
}
